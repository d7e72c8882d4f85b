//! Closed classes of words on which the grammar of figures turns: they are grammar, so they stand here and not in the
//! lexicon.

/// Words that can follow a number without being what it counts.
const FUNCTION_WORDS: [&str; 108] = [
    "ai", "bao", "bằng", "bị", "bởi", "chiếm", "chiều", "cho", "chưa", "chỉ", "chứ", "có", "còn", "cùng", "cũng", "của",
    "diễn", "do", "dù", "đang", "đã", "đầu", "đây", "đạt", "để", "đến", "đều", "đi", "đó", "đối", "được", "gây", "giảm",
    "giữa", "gì", "gồm", "hay", "hiện", "hoặc", "hơn", "khi", "khiến", "không", "kể", "là", "lại", "làm", "lên", "liên",
    "mà", "mới", "mỗi", "nào", "này", "nay", "nằm", "nên", "nếu", "ngay", "như", "nhưng", "nhằm", "nhất", "những", "nọ",
    "nữa", "ở", "phải", "phát", "qua", "quyết", "ra", "rất", "rằng", "rồi", "rưỡi", "sao", "sau", "sẽ", "so", "song",
    "sáng", "tăng", "tại", "tết", "theo", "thì", "thuộc", "thứ", "tiếp", "tới", "trên", "trong", "trước", "trở", "tuổi",
    "tuy", "từ", "vào", "và", "vì", "vẫn", "về", "với", "vừa", "xuất", "xuống", "đại",
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
            | "so" | "những" | "các" | "từng" | "một" | "khoảng" | "lên" | "xuống" | "ra" | "về" | "đó" | "qua" | "nữa"
    )
}

/// Words that end the phrase after a figure.
pub fn ends_phrase(word: &str) -> bool {
    matches!(
        word,
        "để" | "nhằm" | "góp" | "nên" | "nhưng" | "song" | "tuy" | "gồm" | "khiến" | "thì"
            | "mà" | "vì" | "nếu" | "khi" | "rồi" | "sau" | "còn" | "bởi"
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
