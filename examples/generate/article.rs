//! Articles as portals write them: the same gathering in other words, shortened, with slips.

use chrono::{Datelike, Days, NaiveDate};
use fastrand::Rng;

use super::world::{Gathering, Holder, World};

/// One document.
pub struct Article {
    pub url: String,
    pub title: String,
    pub text: String,
    pub published: NaiveDate,
}

/// Sentences that any report may have: who, what they did, with what, and to what end.
const WORK: [&[&str]; 4] = [
    &[
        "Các cơ quan, đơn vị",
        "Bộ phận tiếp nhận và trả kết quả",
        "Văn phòng các sở, ngành",
        "Tổ công tác liên ngành",
        "Phòng chuyên môn ở cấp huyện",
        "Đoàn kiểm tra công vụ",
        "Lãnh đạo nhiều địa phương",
        "Công chức làm việc tại cơ sở",
        "Trung tâm phục vụ hành chính công",
        "Đoàn viên, thanh niên tình nguyện",
        "Người đứng đầu các đơn vị sự nghiệp",
        "Tổ công nghệ số ở thôn, bản",
    ],
    &[
        "đã chủ động rà soát",
        "tiếp tục hoàn thiện",
        "kịp thời công khai",
        "thường xuyên đối chiếu",
        "từng bước chuẩn hóa",
        "đã lấy ý kiến rộng rãi về",
        "còn chậm cập nhật",
        "chưa quan tâm đúng mức tới",
        "đã tập huấn kỹ về",
        "nghiêm túc tự kiểm tra",
        "mạnh dạn đề xuất sửa đổi",
        "phối hợp chặt chẽ trong thực hiện",
    ],
    &[
        "quy trình xử lý công việc nội bộ",
        "danh mục biểu mẫu dùng chung",
        "thời hạn xử lý ở từng bước",
        "cơ sở dữ liệu về cán bộ",
        "việc tiếp nhận phản ánh, kiến nghị",
        "cách trả kết quả tại nhà",
        "việc kết nối phần mềm giữa các cấp",
        "chế độ báo cáo và đôn đốc",
        "nội quy tiếp công dân",
        "mô hình hẹn giờ làm việc qua điện thoại",
        "dự toán chi thường xuyên",
        "quy chế văn hóa công sở",
        "việc niêm yết giá dịch vụ",
        "sổ tay hướng dẫn kê khai",
    ],
    &[
        "nhờ đó người dân bớt phải đi lại nhiều lần",
        "qua đó nâng cao trách nhiệm của từng khâu",
        "để không còn cảnh chờ đợi kéo dài",
        "tuy kết quả giữa các nơi chưa đồng đều",
        "song trang thiết bị ở vùng xa còn thiếu",
        "và coi đây là việc làm thường xuyên",
        "với sự giám sát của mặt trận và đoàn thể",
        "nhất là ở những lĩnh vực dễ phát sinh phiền hà",
        "trong khi đường truyền ở miền núi chưa ổn định",
        "theo đúng kế hoạch đã đề ra từ đầu kỳ",
    ],
];
/// The same for articles about other things.
const LIFE: [&[&str]; 4] = [
    &[
        "Người trồng cà phê",
        "Huấn luyện viên trưởng",
        "Chủ quán ăn đầu ngõ",
        "Nhóm sinh viên năm cuối",
        "Đoàn làm phim",
        "Các tay đua trẻ",
        "Bà con làng chài",
        "Người hâm mộ",
        "Nữ ca sĩ",
        "Bác sĩ trực đêm",
        "Khách du lịch",
        "Nhà thiết kế",
    ],
    &[
        "vừa kể lại",
        "không giấu được niềm vui về",
        "đang loay hoay với",
        "bỏ nhiều công sức cho",
        "thích thú khám phá",
        "tỏ ra thận trọng trước",
        "mất cả buổi sáng vì",
        "chia sẻ hình ảnh của",
        "học được nhiều điều từ",
        "đã quen với",
        "dành cả tuần chuẩn bị",
        "tiếc nuối nhắc tới",
    ],
    &[
        "trận đấu trên sân ướt",
        "món canh nấu theo lối cũ",
        "con đường ven biển trồng phi lao",
        "vở diễn ngoài trời",
        "mùa mưa đến sớm",
        "chiếc thuyền gỗ của ông nội",
        "phiên chợ vùng cao",
        "bộ sưu tập áo dài",
        "giống hoa mới nhập",
        "chuyến tàu đêm về quê",
        "lễ hội kéo co",
        "giải chạy quanh hồ",
        "căn bếp nhỏ cuối hẻm",
        "đàn chim về trú đông",
    ],
    &[
        "khi trời vừa chuyển lạnh",
        "dù chẳng ai đoán trước kết quả",
        "trước sự cổ vũ của hàng xóm",
        "và hẹn sẽ trở lại vào mùa sau",
        "giữa tiếng trống rộn ràng",
        "để giữ nếp nhà cho con cháu",
        "trong lúc chờ nắng lên",
        "như một thói quen khó bỏ",
        "bất chấp quãng đường xa",
        "cùng bạn bè từ thuở nhỏ",
    ],
];
const TASKS: [&str; 8] = [
    "rà soát toàn bộ quy trình nội bộ, bãi bỏ khâu trung gian không cần thiết và công khai thời hạn xử lý ở từng bước",
    "tăng cường đối thoại với doanh nghiệp, coi sự hài lòng của người dân là thước đo hiệu quả công việc",
    "bố trí đủ người có năng lực làm việc tại bộ phận một cửa, kịp thời khen thưởng người làm tốt và xử lý nghiêm người vi phạm",
    "đẩy nhanh việc kết nối, chia sẻ dữ liệu giữa các cơ quan để người dân không phải nộp lại giấy tờ đã có",
    "gắn kết quả thực hiện nhiệm vụ với đánh giá, xếp loại cuối năm của tập thể và cá nhân người đứng đầu",
    "chủ động tháo gỡ vướng mắc ngay tại cơ sở, việc nào vượt thẩm quyền thì báo cáo cấp trên trong thời gian sớm nhất",
    "nâng cao chất lượng kiểm tra, thanh tra công vụ, tập trung vào lĩnh vực dễ phát sinh phiền hà",
    "đổi mới cách tuyên truyền để người dân biết, hiểu và tự nguyện sử dụng cách làm mới",
];
/// A report on a gathering.
pub fn report(rng: &mut Rng, world: &World, gathering: &Gathering) -> Article {
    let published = gathering.day + Days::new(rng.u64(..3));
    let mut paragraphs = vec![lead(rng, gathering)];
    paragraphs.extend(attendance(rng, gathering));
    paragraphs.push(paragraph(rng, &WORK));
    paragraphs.push(results(rng, gathering));
    paragraphs.push(speech(rng, gathering));
    paragraphs.push(paragraph(rng, &WORK));
    paragraphs.push(paragraph(rng, &WORK));
    paragraphs.push(conclusion(rng, &gathering.chair));
    Article {
        url: url(rng, world, gathering),
        title: title(rng, gathering),
        text: paragraphs.join("\n\n"),
        published,
    }
}

/// The text of another article under a new title, with a sentence more or fewer.
pub fn reprint(rng: &mut Rng, world: &World, gathering: &Gathering, original: &Article) -> Article {
    let mut paragraphs: Vec<&str> = original.text.split("\n\n").collect();
    if rng.bool() {
        let cut = 1 + rng.usize(..paragraphs.len() - 1);
        paragraphs.remove(cut);
    }
    Article {
        url: url(rng, world, gathering),
        title: original.title.to_uppercase(),
        text: paragraphs.join("\n\n"),
        published: original.published + Days::new(1 + rng.u64(..2)),
    }
}

/// An article about something else.
pub fn other(rng: &mut Rng, world: &World, gathering: &Gathering) -> Article {
    let paragraphs: Vec<String> = (0..7).map(|_| paragraph(rng, &LIFE)).collect();
    let words: Vec<&str> = paragraphs[0].split(' ').take(9).collect();
    Article {
        url: url(rng, world, gathering),
        title: words.join(" "),
        text: paragraphs.join("\n\n"),
        published: gathering.day,
    }
}

fn url(rng: &mut Rng, world: &World, gathering: &Gathering) -> String {
    format!("https://{}/tin-tuc/{:016x}", world.site(rng, gathering), rng.u64(..))
}

/// Four sentences.
fn paragraph(rng: &mut Rng, parts: &[&[&str]; 4]) -> String {
    let sentence = |_| {
        let [who, did, what, end] = parts.map(|part| part[rng.usize(..part.len())]);
        format!("{who} {did} {what}, {end}.")
    };
    let sentences: Vec<String> = (0..4).map(sentence).collect();
    sentences.join(" ")
}

fn title(rng: &mut Rng, gathering: &Gathering) -> String {
    match rng.usize(..3) {
        0 => format!("{} {}", gathering.kind, gathering.topic),
        1 => format!(
            "{} tổ chức {} {}",
            gathering.host,
            gathering.kind.to_lowercase(),
            gathering.topic
        ),
        _ => format!("{}: {}", capitalized(&gathering.place), gathering.topic),
    }
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// Most reports give the year, some slip by a day.
fn day(rng: &mut Rng, gathering: &Gathering) -> String {
    let slip = rng.usize(..40) == 0;
    let day = if slip {
        gathering.day + Days::new(1)
    } else {
        gathering.day
    };
    match rng.usize(..4) {
        0 => format!("{}/{}", day.day(), day.month()),
        1 => format!("{}-{}-{}", day.day(), day.month(), day.year()),
        _ => format!("{}/{}/{}", day.day(), day.month(), day.year()),
    }
}

fn lead(rng: &mut Rng, gathering: &Gathering) -> String {
    let Gathering { kind, topic, host, .. } = gathering;
    let part = if gathering.morning { "Sáng" } else { "Chiều" };
    let (day, chair) = (day(rng, gathering), told(rng, &gathering.chair));
    match rng.usize(..4) {
        0 => format!(
            "{part} {day}, {host} tổ chức {kind} {topic}. {} chủ trì.",
            capitalized(&chair)
        ),
        1 => format!("Ngày {day}, {chair} chủ trì {kind} {topic} do {host} tổ chức."),
        2 => format!("{part} ngày {day}, tại trụ sở {host} đã diễn ra {kind} {topic} dưới sự chủ trì của {chair}."),
        _ => format!(
            "{kind} {topic} được {host} tổ chức {} ngày {day}. Chủ trì có {chair}.",
            part.to_lowercase()
        ),
    }
}

/// A person with their post, in one of the orders that portals use.
fn told(rng: &mut Rng, holder: &Holder) -> String {
    let Holder { name, post } = holder;
    match rng.usize(..3) {
        0 => format!("đồng chí {name}, {post}"),
        1 => format!("ông {name} - {post}"),
        _ => format!("{post} {name}"),
    }
}

fn attendance(rng: &mut Rng, gathering: &Gathering) -> Option<String> {
    let told: Vec<String> = gathering
        .speakers
        .iter()
        .map(|speaker| format!("{}, {}", speaker.name, speaker.post))
        .collect();
    rng.bool().then(|| {
        format!(
            "Cùng dự có các đồng chí: {}; cùng đại diện các cơ quan liên quan.",
            told.join("; ")
        )
    })
}

fn results(rng: &mut Rng, gathering: &Gathering) -> String {
    let place = &gathering.place;
    let figures = &gathering.figures;
    let comma = |value: f64| value.to_string().replace('.', ",");
    let thousands = |value: usize| match value {
        1_000.. => format!("{}.{:03}", value / 1_000, value % 1_000),
        _ => value.to_string(),
    };
    let mut sentences = vec![
        format!(
            "Báo cáo cho biết tỷ lệ hồ sơ nộp trực tuyến của {place} đạt {}%.",
            comma(figures.online_share)
        ),
        format!(
            "Trong kỳ, {place} tiếp nhận {} hồ sơ, tỷ lệ giải quyết đúng hạn đạt {}%.",
            thousands(figures.dossiers),
            comma(figures.on_time_share)
        ),
        format!("Đã cắt giảm, đơn giản hóa {} thủ tục hành chính.", figures.cut),
        format!(
            "Số đơn vị sự nghiệp công lập giảm {} đơn vị, tinh giản {} biên chế.",
            figures.units,
            thousands(figures.posts)
        ),
        format!(
            "Đến nay, {}/{} chỉ tiêu của kế hoạch đã hoàn thành.",
            figures.done, figures.aims
        ),
        format!("Chỉ số cải cách hành chính xếp thứ {} cả nước.", figures.rank),
        format!("Mức độ hài lòng của người dân đạt {}%.", comma(figures.satisfaction)),
    ];
    rng.shuffle(&mut sentences);
    sentences.truncate(4 + rng.usize(..3));
    sentences.join(" ")
}

fn speech(rng: &mut Rng, gathering: &Gathering) -> String {
    let speaker = rng.choice(&gathering.speakers).unwrap_or(&gathering.chair);
    let task = TASKS[rng.usize(..TASKS.len())];
    format!("Phát biểu tại hội nghị, {} cho rằng cần {task}.", told(rng, speaker))
}

fn conclusion(rng: &mut Rng, chair: &Holder) -> String {
    let mut order: Vec<usize> = (0..TASKS.len()).collect();
    rng.shuffle(&mut order);
    let family = chair.name.split(' ').next_back().unwrap_or_default();
    let tasks: Vec<&str> = order[..3].iter().map(|&index| TASKS[index]).collect();
    format!(
        "Kết luận hội nghị, đồng chí {family} biểu dương kết quả của các đơn vị và yêu cầu: {}.",
        tasks.join("; ")
    )
}
