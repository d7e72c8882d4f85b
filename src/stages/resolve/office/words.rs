//! The closed classes of words by which posts are taken apart, folded.

/// Heads of titles, longer ones first, with the word with which the body begins where the text leaves it out.
pub(super) const HEADS: [(&str, &str); 41] = [
    ("tổng cục trưởng", "tổng cục"),
    ("chi cục trưởng", "chi cục"),
    ("tổng kiểm toán", "kiểm toán"),
    ("tổng thanh tra", "thanh tra"),
    ("tổng tham mưu trưởng", ""),
    ("chánh văn phòng", "văn phòng"),
    ("chánh thanh tra", "thanh tra"),
    ("tổng bí thư", "đảng"),
    ("tổng giám đốc", ""),
    ("tổng biên tập", ""),
    ("tổng thư ký", ""),
    ("tổng lãnh sự", ""),
    ("tỉnh ủy viên", "tỉnh ủy"),
    ("thành ủy viên", "thành ủy"),
    ("huyện ủy viên", "huyện ủy"),
    ("quận ủy viên", "quận ủy"),
    ("thị ủy viên", "thị ủy"),
    ("đảng ủy viên", "đảng ủy"),
    ("chỉ huy trưởng", ""),
    ("tham mưu trưởng", ""),
    ("phân xã trưởng", ""),
    ("chánh án", "tòa án"),
    ("thủ tướng", "chính phủ"),
    ("chủ tịch", ""),
    ("chủ nhiệm", ""),
    ("bí thư", ""),
    ("giám đốc", ""),
    ("thống đốc", "ngân hàng nhà nước"),
    ("bộ trưởng", "bộ"),
    ("thứ trưởng", "bộ"),
    ("cục trưởng", "cục"),
    ("vụ trưởng", "vụ"),
    ("viện trưởng", "viện"),
    ("hiệu trưởng", "trường"),
    ("cục phó", "cục"),
    ("vụ phó", "vụ"),
    ("viện phó", "viện"),
    ("ủy viên", ""),
    ("thành viên", ""),
    ("đại biểu", ""),
    ("trưởng", ""),
];

/// What stands behind the head of a title and is part of it.
pub(super) const SUFFIXES: [&str; 6] = [
    "thường trực",
    "thứ nhất",
    "phụ trách",
    "chuyên trách",
    "danh dự",
    "điều hành",
];

/// Heads of those who share a body with others of the same title, besides deputies.
pub(super) const SHARED: [&str; 17] = [
    "thứ trưởng",
    "ủy viên",
    "thành viên",
    "đại biểu",
    "cục phó",
    "vụ phó",
    "viện phó",
    "thư ký",
    "trợ lý",
    "cố vấn",
    "chuyên gia",
    "chuyên viên",
    "tỉnh ủy viên",
    "thành ủy viên",
    "huyện ủy viên",
    "thẩm phán",
    "nghị sĩ",
];

/// Bodies beside an office: who leads or sits in one has another post.
pub(super) const BESIDE: [&str; 17] = [
    "ban chỉ đạo",
    "ban tổ chức",
    "ban soạn thảo",
    "ban vận động",
    "ban bầu cử",
    "ủy ban bầu cử",
    "tiểu ban",
    "đoàn công tác",
    "tổ công tác",
    "đoàn giám sát",
    "đoàn kiểm tra",
    "đoàn đại biểu",
    "hội đồng bầu cử",
    "hội đồng thi đua",
    "tổ biên tập",
    "ban chỉ huy phòng",
    "đoàn thanh tra",
];

/// Kinds of area with which a body ends only where the name is missing: `UBND huyện`.
pub(super) const UNNAMED_AREAS: [&str; 7] = ["huyện", "xã", "phường", "quận", "thị xã", "thị trấn", "thành phố"];

/// Kinds of bodies of two words and more, of which there are many: `Giám đốc Công ty`.
pub(super) const UNNAMED_BODIES: [&str; 25] = [
    "công ty",
    "thanh tra bộ",
    "thanh tra sở",
    "văn phòng bộ",
    "văn phòng sở",
    "chi cục",
    "trung tâm",
    "hội đồng",
    "ủy ban",
    "văn phòng",
    "thanh tra",
    "cơ quan",
    "tòa án",
    "đảng ủy",
    "công an",
    "tổng cục",
    "hiệp hội",
    "ban quản lý",
    "ban giám đốc",
    "ban thường vụ",
    "ban chấp hành",
    "hội đồng quản trị",
    "hội đồng thành viên",
    "tập đoàn",
    "tổng công ty",
];

/// Bodies of a province beside which nothing but the province's name needs to stand.
pub(super) const PROVINCE_HEADS: [&str; 4] = ["ủy ban nhân dân", "hội đồng nhân dân", "tỉnh ủy", "thành ủy"];

/// Bodies of the state; those of other states have its name behind them.
pub(super) const NATIONAL: [&str; 6] = [
    "chính phủ",
    "nước",
    "nhà nước",
    "văn phòng chính phủ",
    "văn phòng chủ tịch nước",
    "kiểm toán nhà nước",
];

/// What bodies of the party begin with.
pub(super) const PARTY: [&str; 13] = [
    "đảng",
    "trung ương",
    "bộ chính trị",
    "ban bí thư",
    "tỉnh ủy",
    "thành ủy",
    "huyện ủy",
    "quận ủy",
    "thị ủy",
    "đảng ủy",
    "đảng bộ",
    "chi bộ",
    "ban thường vụ",
];

/// What bodies of a province begin with that the centre has too.
pub(super) const OF_PROVINCES: [&str; 7] = ["cục", "công an", "bộ chỉ huy", "ban", "tòa án", "văn phòng", "mặt trận"];

/// Abbreviations that texts write in capitals and that have one meaning in a post.
pub(super) const ABBREVIATIONS: [(&str, &str); 8] = [
    ("đb", "đại biểu"),
    ("đbqh", "đại biểu quốc hội"),
    ("vp", "văn phòng"),
    ("vpcp", "văn phòng chính phủ"),
    ("lđlđ", "liên đoàn lao động"),
    ("uvbct", "ủy viên bộ chính trị"),
    ("uvtw", "ủy viên trung ương đảng"),
    ("ubtw", "ủy ban trung ương"),
];

/// What an area is called before its name: `Chủ tịch huyện Quế Phong`.
pub(super) const AREA_KINDS: [&str; 7] = ["huyện", "quận", "xã", "phường", "thị xã", "thị trấn", "thành phố"];
