//! Closed classes of words on which the grammar of figures turns: they are grammar, so they stand here and not in the
//! lexicon.

const FUNCTION_WORDS: &[&str] = &[
    "ai", "anh", "bao", "bà", "bằng", "bị", "bởi", "chiếm", "chiều", "cho", "chưa", "chỉ", "chị", "chứ", "còn", "có",
    "cùng", "cũng", "cần", "của", "diễn", "do", "dù", "dùng", "giao", "giảm", "giữa", "gây", "gì", "gồm", "gửi", "hay",
    "hiện", "hoặc", "hơn", "hệ", "khi", "khiến", "không", "kể", "liên", "là", "làm", "lên", "lại", "lấy", "mà", "mạng",
    "mỗi", "mới", "nay", "ngay", "như", "nhưng", "nhất", "nhằm", "những", "nào", "này", "nên", "nêu", "nằm", "nếu",
    "nọ", "nữa", "phát", "phải", "qua", "quyết", "quyền", "ra", "rưỡi", "rất", "rằng", "rồi", "sao", "sau", "so",
    "song", "sáng", "sẽ", "số", "theo", "thu", "thuộc", "thì", "thứ", "tiếp", "trong", "trên", "trước", "trở", "tuy",
    "tuổi", "tăng", "tại", "tạm", "tết", "tới", "từ", "và", "vào", "vì", "vẫn", "về", "với", "vừa", "xuất", "xuống",
    "ông", "đang", "đi", "đây", "đã", "đó", "được", "đại", "đạt", "đất", "đầu", "đến", "đều", "để", "đối", "ở",
];

/// Words that can follow a number without being what it counts.
pub fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.contains(&word)
}

const LIGHT: &[&str] = &[
    "cao", "cho", "chỉ", "còn", "có", "cũng", "cả", "gồm", "hiện", "hơn", "khoảng", "khá", "là", "lên", "mạnh", "mới",
    "mức", "nhanh", "nhiều", "nhẹ", "ra", "thêm", "thì", "tới", "từ", "vẫn", "với", "xuống", "đã", "được", "đến",
    "đều", "đối", "ước", "ở",
];

/// Light words between what is measured and the figure; they add nothing to a label.
pub fn is_light(word: &str) -> bool {
    LIGHT.contains(&word)
}

const LEADING: &[&str] = &[
    "biệt", "cho", "các", "còn", "có", "cùng", "cũng", "cụ", "của", "do", "gồm", "hiện", "là", "mà", "mới", "như",
    "nhưng", "nhất", "nhờ", "những", "này", "nên", "nếu", "phải", "riêng", "rằng", "song", "sẽ", "thì", "thể", "trong",
    "tuy", "từ", "và", "vì", "vậy", "vẫn", "với", "đang", "đã", "đây", "đó", "đấy", "đưa", "được", "đặc", "để",
];

/// Words that a label does not begin with.
pub fn is_leading(word: &str) -> bool {
    LEADING.contains(&word)
}

const TRAILING: &[&str] = &[
    "bao", "bởi", "cho", "chỉ", "các", "còn", "có", "cũng", "cần", "của", "do", "gồm", "hay", "hiện", "hoặc", "khi",
    "khoảng", "là", "lên", "mà", "một", "mới", "nay", "như", "nhưng", "những", "này", "nữa", "phải", "qua", "ra",
    "rằng", "so", "sẽ", "theo", "thì", "trong", "trên", "tại", "tới", "từ", "từng", "và", "vào", "vẫn", "về", "với",
    "xuống", "đang", "đã", "đó", "được", "đến", "đều", "để", "ở",
];

/// Words that a label does not end with.
pub fn is_trailing(word: &str) -> bool {
    TRAILING.contains(&word)
}

const PHRASE_ENDS: &[&str] = &[
    "bởi", "góp", "gồm", "khi", "khiến", "mà", "nhưng", "nhằm", "nên", "nếu", "rồi", "sau", "song", "thì", "tuy", "vì",
    "để",
];

/// Words that end the phrase after a figure.
pub fn ends_phrase(word: &str) -> bool {
    PHRASE_ENDS.contains(&word)
}

const CIRCUMSTANCES: &[&str] = &[
    "cho", "có", "cũng", "do", "là", "mỗi", "một", "như", "nhờ", "này", "qua", "so", "sẽ", "theo", "trong", "trên",
    "trước", "tại", "từ", "và", "vào", "với", "đang", "đã", "đó", "được", "để", "ở",
];

/// Words that begin a circumstance, not a noun phrase: `trong bối cảnh`, `đã hỗ trợ`.
pub fn begins_circumstance(word: &str) -> bool {
    CIRCUMSTANCES.contains(&word)
}

const AREA_WORDS: &[&str] = &[
    "ban",
    "bộ",
    "chi",
    "cấp",
    "cục",
    "huyện",
    "khối",
    "ngành",
    "phòng",
    "phường",
    "phố",
    "quận",
    "sở",
    "thành",
    "thị",
    "toàn",
    "tp",
    "trấn",
    "tỉnh",
    "tổng",
    "vụ",
    "xã",
];

/// Words that say whose figure it is: `cấp huyện`, `toàn ngành`.
pub fn is_area_word(word: &str) -> bool {
    AREA_WORDS.contains(&word)
}

/// The short form of a district's, ward's or quarter's noun as it stands before a point: `Q.9`, `H.Củ Chi`.
pub fn abbreviates_unit(surface: &str) -> bool {
    matches!(surface, "Q" | "P" | "F" | "H" | "KP")
}

/// `chỉ tiêu`, `mục tiêu` …: what a figure is held against.
pub fn is_bar(first: &str, second: &str) -> bool {
    matches!(
        (first, second),
        ("chỉ" | "mục", "tiêu") | ("kế", "hoạch") | ("dự", "toán") | ("yêu", "cầu")
    )
}

/// Begins a subject that names an amount without saying of what: `tổng kinh phí`, `mức hỗ trợ`, `thời hạn`.
pub fn is_bare_amount(word: &str) -> bool {
    matches!(
        word,
        "tổng" | "mức" | "kinh" | "thời" | "trị" | "giá" | "đơn" | "số" | "vốn" | "chi"
    )
}

/// Begins what tells how, by whom or on what behind a counted noun: `với tỷ lệ cao`, `do Sở thực hiện`, `về đất đai`.
pub fn begins_adjunct(word: &str) -> bool {
    matches!(word, "với" | "do" | "là" | "qua" | "trong" | "về")
}

/// An index by which places and offices are ranked starts with these words.
pub fn names_index(first: &str, second: &str) -> bool {
    matches!(first, "pci" | "papi" | "sipas" | "dti") || matches!((first, second), ("par", "index") | ("chỉ", "số"))
}
