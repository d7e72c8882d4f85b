//! Who holds which post, and what was held: the truth that articles tell.

use chrono::{Datelike, Days, NaiveDate};
use fastrand::Rng;
use parc_etl::lexicon::areas::{self, Area, Level};

/// The first day on which something is held; far enough from the merger of provinces for ten years of meetings.
const FIRST_DAY: (i32, u32, u32) = (2008, 1, 7);
/// A post changes hands after so many years.
const TERM: i32 = 5;

const SURNAMES: [&str; 16] = [
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý",
    "Đinh",
];
const MIDDLE: [&str; 24] = [
    "Văn", "Thị", "Đức", "Minh", "Quang", "Thanh", "Hữu", "Ngọc", "Xuân", "Đình", "Công", "Quốc", "Hồng", "Mạnh",
    "Tiến", "Trọng", "Bá", "Duy", "Thế", "Viết", "Kim", "Thu", "Hoài", "Anh",
];
const GIVEN: [&str; 48] = [
    "An", "Bình", "Cường", "Dũng", "Giang", "Hải", "Khánh", "Lâm", "Nam", "Phúc", "Sơn", "Thảo", "Vinh", "Yến", "Hà",
    "Hùng", "Huy", "Kiên", "Lan", "Liên", "Long", "Mai", "Nga", "Nghĩa", "Nhung", "Oanh", "Phong", "Phương", "Quân",
    "Quỳnh", "Tâm", "Tân", "Thắng", "Thành", "Thịnh", "Thọ", "Thủy", "Toàn", "Trang", "Trung", "Tuấn", "Tùng", "Tuyết",
    "Việt", "Hạnh", "Hiền", "Đạt", "Đông",
];

/// Posts of a province; `{}` is its name with `tỉnh` or `thành phố`.
const PROVINCIAL: [&str; 7] = [
    "Chủ tịch UBND {}",
    "Phó Chủ tịch Thường trực UBND {}",
    "Giám đốc Sở Nội vụ {}",
    "Giám đốc Sở Thông tin và Truyền thông {}",
    "Giám đốc Sở Tư pháp {}",
    "Giám đốc Sở Kế hoạch và Đầu tư {}",
    "Chánh Văn phòng UBND {}",
];
/// Posts of a district.
const LOCAL: [&str; 6] = [
    "Chủ tịch UBND {}",
    "Phó Chủ tịch UBND {}",
    "Trưởng phòng Nội vụ {}",
    "Trưởng phòng Tư pháp {}",
    "Trưởng phòng Tài chính - Kế hoạch {}",
    "Chánh Văn phòng HĐND và UBND {}",
];
/// Posts of the Government.
const NATIONAL: [&str; 8] = [
    "Phó Thủ tướng Chính phủ",
    "Bộ trưởng Bộ Nội vụ",
    "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ",
    "Bộ trưởng Bộ Tư pháp",
    "Bộ trưởng Bộ Thông tin và Truyền thông",
    "Bộ trưởng Bộ Kế hoạch và Đầu tư",
    "Thứ trưởng Bộ Nội vụ",
    "Thứ trưởng Bộ Tài chính",
];
/// Of the posts of the Government so many can chair, and so many of the others.
const NATIONAL_CHAIRS: usize = 6;
const LOCAL_CHAIRS: usize = 2;
const NEWSPAPERS: [&str; 4] = ["tinhanhchinh.vn", "nhiptonghop.vn", "congvuonline.vn", "thoisu24.vn"];
const BODIES: [&str; 4] = [
    "Bộ Nội vụ",
    "Văn phòng Chính phủ",
    "Bộ Tư pháp",
    "Bộ Thông tin và Truyền thông",
];
const KINDS: [&str; 5] = [
    "Hội nghị",
    "Hội nghị trực tuyến",
    "Phiên họp",
    "Hội thảo",
    "Buổi làm việc",
];
const DEEDS: [&str; 8] = [
    "tổng kết",
    "sơ kết",
    "triển khai",
    "đánh giá kết quả",
    "rà soát tiến độ",
    "bàn giải pháp đẩy mạnh",
    "giao ban về",
    "kiểm điểm",
];
const SUBJECTS: [&str; 16] = [
    "công tác cải cách hành chính",
    "việc kiểm soát thủ tục hành chính",
    "cung cấp dịch vụ công trực tuyến",
    "chỉ số hài lòng của người dân",
    "sắp xếp tổ chức bộ máy",
    "tinh giản biên chế",
    "cơ chế một cửa liên thông",
    "xây dựng chính quyền điện tử",
    "chương trình chuyển đổi số",
    "cải thiện môi trường đầu tư",
    "công tác tuyển dụng công chức",
    "tự chủ của đơn vị sự nghiệp",
    "số hóa hồ sơ hộ tịch",
    "trung tâm phục vụ hành chính công",
    "phân cấp quản lý nhà nước",
    "kỷ luật, kỷ cương hành chính",
];

/// A named person in a post.
pub struct Holder {
    pub name: String,
    pub post: String,
}

/// One gathering as it was.
pub struct Gathering {
    pub day: NaiveDate,
    pub morning: bool,
    pub kind: &'static str,
    /// What it is about, with the period.
    pub topic: String,
    pub host: String,
    /// None for meetings of the Government.
    pub province: Option<&'static Area>,
    /// Where the reporting bodies are: `tỉnh Hòa Bình`, or the country.
    pub place: String,
    pub chair: Holder,
    pub speakers: Vec<Holder>,
    /// Numbers that all reports share.
    pub figures: Figures,
}

/// What was reported.
pub struct Figures {
    pub online_share: f64,
    pub on_time_share: f64,
    pub dossiers: usize,
    pub cut: usize,
    pub units: usize,
    pub posts: usize,
    pub done: usize,
    pub aims: usize,
    pub rank: usize,
    pub satisfaction: f64,
}

/// The provinces, and who holds which post when.
pub struct World {
    provinces: Vec<&'static Area>,
    districts: Vec<&'static Area>,
    seed: u64,
}

impl World {
    pub fn new(seed: u64) -> World {
        let of = |level: Level| {
            let old = move |area: &&Area| area.level == level && area.valid_to.is_some();
            areas::all().iter().filter(old).collect()
        };
        World {
            provinces: of(Level::Province),
            districts: of(Level::District),
            seed,
        }
    }

    /// The gathering with this number, held `days` working days after the first: of the Government, of a province or of a
    /// district.
    pub fn gathering(&self, rng: &mut Rng, number: usize, days: usize) -> Gathering {
        let (year, month, first) = FIRST_DAY;
        let start = NaiveDate::from_ymd_opt(year, month, first).unwrap_or_default();
        let day = start + Days::new((days / 5 * 7 + days % 5) as u64);
        let province = self.provinces[rng.usize(..self.provinces.len())];
        let district = self.districts[rng.usize(..self.districts.len())];
        let (posts, n_chairs, province, place): (&[&str], _, _, _) = match number % 10 {
            0 => (&NATIONAL, NATIONAL_CHAIRS, None, "cả nước".to_owned()),
            1..5 => (&PROVINCIAL, LOCAL_CHAIRS, Some(province), full_name(province)),
            _ => {
                let province = district.province_id().and_then(areas::by_id).unwrap_or(province);
                let place = format!("{}, {}", full_name(district), full_name(province));
                (&LOCAL, LOCAL_CHAIRS, Some(province), place)
            }
        };
        let mut seats: Vec<usize> = (0..posts.len()).collect();
        rng.shuffle(&mut seats);
        let chair = rng.usize(..n_chairs);
        let holder = |seat: usize| self.holder(posts[seat], &place, day);
        let speakers = seats.iter().filter(|&&seat| seat != chair).take(2 + rng.usize(..2));
        let period = match rng.usize(..4) {
            0 => format!("năm {}", day.year()),
            1 => format!(
                "quý {} năm {}",
                ["I", "II", "III", "IV"][day.month0() as usize / 3],
                day.year()
            ),
            2 => format!("6 tháng đầu năm {}", day.year()),
            _ => format!("giai đoạn {} - {}", day.year() - 5, day.year()),
        };
        let (deed, subject) = (DEEDS[rng.usize(..DEEDS.len())], SUBJECTS[rng.usize(..SUBJECTS.len())]);
        Gathering {
            day,
            morning: rng.bool(),
            kind: KINDS[rng.usize(..KINDS.len())],
            topic: format!("{deed} {subject} {period}"),
            host: match province {
                Some(_) => format!("UBND {place}"),
                None => BODIES[rng.usize(..BODIES.len())].to_owned(),
            },
            chair: holder(chair),
            speakers: speakers.map(|&seat| holder(seat)).collect(),
            province,
            place,
            figures: Figures::new(rng),
        }
    }

    /// The host name of a portal or newspaper: of the province that meets, or of the whole country; of any province for
    /// what concerns all.
    pub fn site(&self, rng: &mut Rng, gathering: &Gathering) -> String {
        let province = gathering
            .province
            .unwrap_or(self.provinces[rng.usize(..self.provinces.len())]);
        let label = province.host_labels.first().filter(|_| rng.usize(..4) > 0);
        match label {
            Some(label) if rng.bool() => format!("{label}.gov.vn"),
            Some(label) => format!("bao{label}.vn"),
            None => NEWSPAPERS[rng.usize(..NEWSPAPERS.len())].to_owned(),
        }
    }

    /// Who holds a post on a day.
    fn holder(&self, post: &str, place: &str, day: NaiveDate) -> Holder {
        let post = post.replace("{}", place);
        let term = day.year() / TERM;
        let mut hash = self.seed ^ term as u64;
        for byte in post.bytes() {
            hash = hash.wrapping_mul(0x100_0000_01b3) ^ u64::from(byte);
        }
        let mut rng = Rng::with_seed(hash);
        let name = [
            SURNAMES[rng.usize(..SURNAMES.len())],
            MIDDLE[rng.usize(..MIDDLE.len())],
            GIVEN[rng.usize(..GIVEN.len())],
        ];
        Holder {
            name: name.join(" "),
            post,
        }
    }
}

/// `tỉnh Hòa Bình`, `thành phố Đà Nẵng`.
fn full_name(area: &Area) -> String {
    format!("{} {}", area.kind.trim_end_matches(" trực thuộc trung ương"), area.name)
}

impl Figures {
    fn new(rng: &mut Rng) -> Figures {
        let tenth = |rng: &mut Rng, range: std::ops::Range<usize>| rng.usize(range) as f64 / 10.0;
        let aims = 8 + rng.usize(..20);
        Figures {
            online_share: tenth(rng, 250..999),
            on_time_share: tenth(rng, 850..999),
            dossiers: 1_000 + rng.usize(..90_000),
            cut: 12 + rng.usize(..400),
            units: 5 + rng.usize(..240),
            posts: 20 + rng.usize(..3_000),
            done: aims - rng.usize(..4),
            aims,
            rank: 1 + rng.usize(..63),
            satisfaction: tenth(rng, 700..980),
        }
    }
}
