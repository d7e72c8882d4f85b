//! Closed classes of words on which the grammar of figures turns: they are grammar, so they stand here and not in the
//! lexicon.

/// Words that can follow a number without being what it counts.
const FUNCTION_WORDS: [&str; 125] = [
    "ai", "anh", "bao", "bà", "bằng", "bị", "bởi", "chiếm", "chiều", "cho", "chưa", "chỉ", "chị", "chứ", "còn", "có", "cùng", "cũng", "cần", "của", "diễn", "do", "dù", "dùng", "giao", "giảm", "giữa", "gây", "gì", "gồm", "gửi", "hay", "hiện", "hoặc", "hơn", "hệ", "khi", "khiến", "không", "kể", "liên", "là", "làm", "lên", "lại", "lấy", "mà", "mạng", "mỗi", "mới", "nay", "ngay", "như", "nhưng", "nhất", "nhằm", "những", "nào", "này", "nên", "nêu", "nằm", "nếu", "nọ", "nữa", "phát", "phải", "qua", "quyết", "quyền", "ra", "rưỡi", "rất", "rằng", "rồi", "sao", "sau", "so", "song", "sáng", "sẽ", "số", "theo", "thu", "thuộc", "thì", "thứ", "tiếp", "trong", "trên", "trước", "trở", "tuy", "tuổi", "tăng", "tại", "tạm", "tết", "tới", "từ", "và", "vào", "vì", "vẫn", "về", "với", "vừa", "xuất", "xuống", "ông", "đang", "đi", "đây", "đã", "đó", "được", "đại", "đạt", "đất", "đầu", "đến", "đều", "để", "đối", "ở",
];

/// The folded word can follow a number without being what it counts.
pub fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.contains(&word)
}

/// Light words between what is measured and the figure; they add nothing to a label.
pub fn is_light(word: &str) -> bool {
    matches!(
        word,
        "được" | "có" | "đến" | "tới" | "lên" | "xuống" | "còn" | "mức" | "chỉ" | "mới" | "đã" | "cũng" | "đều" | "thêm"
            | "từ" | "ở" | "với" | "cả" | "hiện" | "ước" | "là" | "khoảng" | "ra" | "vẫn" | "thì" | "gồm" | "mạnh" | "nhanh"
            | "khá" | "nhẹ" | "cao" | "nhiều" | "hơn" | "đối" | "cho"
    )
}

/// Words that a label does not begin with.
pub fn is_leading(word: &str) -> bool {
    matches!(
        word,
        "và" | "với" | "thì" | "mà" | "nhưng" | "đã" | "cũng" | "riêng" | "còn" | "nếu" | "đưa" | "là" | "rằng" | "song"
            | "do" | "vì" | "có" | "trong" | "tuy" | "nhờ" | "các" | "những" | "cụ" | "thể" | "nên" | "để" | "nhất" | "này"
            | "đó" | "từ" | "của" | "được" | "cho" | "như" | "vẫn" | "đang" | "mới" | "đặc" | "biệt" | "hiện" | "sẽ"
    )
}

/// Words that a label does not end with.
pub fn is_trailing(word: &str) -> bool {
    matches!(
        word,
        "và" | "với" | "thì" | "mà" | "nhưng" | "đã" | "cũng" | "còn" | "là" | "rằng" | "của" | "cho" | "có" | "trong"
            | "tại" | "ở" | "trên" | "được" | "đều" | "chỉ" | "mới" | "hiện" | "vẫn" | "sẽ" | "phải" | "cần" | "đang" | "từ"
            | "đến" | "tới" | "gồm" | "như" | "hoặc" | "hay" | "khi" | "vào" | "do" | "bởi" | "để" | "theo" | "này" | "nay"
            | "so" | "những" | "các" | "từng" | "một" | "khoảng" | "lên" | "xuống" | "ra" | "về" | "đó" | "qua" | "nữa" | "bao"
    )
}

/// Words that end the phrase after a figure.
pub fn ends_phrase(word: &str) -> bool {
    matches!(
        word,
        "để" | "nhằm" | "góp" | "nên" | "nhưng" | "song" | "tuy" | "gồm" | "khiến" | "thì"
            | "mà" | "vì" | "nếu" | "khi" | "rồi" | "sau" | "bởi"
    )
}

/// Words that begin a circumstance, not a noun phrase: `trong bối cảnh`, `đã hỗ trợ`.
pub fn begins_circumstance(word: &str) -> bool {
    matches!(
        word,
        "trong" | "tại" | "ở" | "vào" | "từ" | "theo" | "nhờ" | "do" | "đã" | "được" | "đang" | "sẽ" | "là" | "cho" | "và"
            | "trên" | "qua" | "trước" | "để" | "cũng" | "mỗi" | "một" | "so" | "có" | "như" | "với" | "này" | "đó"
    )
}
