//! What the generated articles are made of. `[a|b]` is a choice; `{…}` a slot that an article's story fills.

/// Subjects, verbs, objects and purposes: any four make a sentence.
pub const SUBJECTS: [&str; 22] = [
    "Sở Nội vụ tỉnh {place}",
    "UBND thành phố {town}",
    "Văn phòng UBND tỉnh {place}",
    "Trung tâm Phục vụ hành chính công tỉnh",
    "Đoàn công tác do ông {person} dẫn đầu",
    "Các xã, phường trên địa bàn {town}",
    "Ban Quản lý các khu công nghiệp {place}",
    "Thường trực HĐND huyện {town}",
    "Tổ công nghệ số cộng đồng ở {town}",
    "Bà {person}, đại diện người dân phường,",
    "Cục Thuế tỉnh {place}",
    "Bộ phận một cửa của huyện {town}",
    "Công an tỉnh {place}",
    "Sở Kế hoạch và Đầu tư",
    "Lãnh đạo huyện {town}",
    "Hội Liên hiệp Phụ nữ tỉnh {place}",
    "Kho bạc Nhà nước {place}",
    "Sở Tư pháp và các phòng chuyên môn",
    "Mặt trận Tổ quốc huyện {town}",
    "Bưu điện tỉnh {place}",
    "Thanh tra tỉnh {place}",
    "Hiệp hội doanh nghiệp tỉnh {place}",
];

pub const VERBS: [&str; 24] = [
    "đã rà soát",
    "vừa công bố",
    "tiếp tục hoàn thiện",
    "thống nhất rút gọn",
    "bắt đầu vận hành",
    "kiểm tra đột xuất",
    "lấy ý kiến nhân dân về",
    "báo cáo tiến độ",
    "đề nghị bổ sung kinh phí cho",
    "giao từng phòng phụ trách",
    "cam kết bàn giao đúng hạn",
    "tập huấn cho cán bộ về",
    "ký kết quy chế phối hợp trong",
    "tháo gỡ vướng mắc liên quan đến",
    "niêm yết công khai",
    "sẽ thí điểm trong quý tới",
    "đánh giá lại kết quả của",
    "ghi nhận nhiều chuyển biến trong",
    "chưa hoàn thành",
    "phân công người theo dõi hằng tuần",
    "yêu cầu giải trình về",
    "dành hai buổi thảo luận",
    "nghiệm thu giai đoạn đầu của",
    "khen thưởng những người làm tốt",
];

pub const OBJECTS: [&str; 24] = [
    "{number} thủ tục về đất đai",
    "việc số hóa {number} hồ sơ hộ tịch",
    "quy trình cấp giấy phép xây dựng nhà ở",
    "kế hoạch sắp xếp {number} đơn vị sự nghiệp",
    "hệ thống phần mềm liên thông văn bản",
    "mô hình chính quyền thân thiện ở cơ sở",
    "danh mục dịch vụ công trực tuyến toàn trình",
    "khảo sát mức độ hài lòng của {number} hộ dân",
    "đề án vị trí việc làm của các phòng",
    "dự án nước sạch cho {number} hộ vùng cao",
    "công tác tiếp dân và giải quyết đơn thư",
    "chỉ tiêu thu ngân sách {number} tỷ đồng",
    "thời hạn trả kết quả đăng ký kinh doanh",
    "kho dữ liệu dùng chung của tỉnh",
    "tuyến đường dài {number} km qua ba xã",
    "việc chi trả trợ cấp cho {number} người có công",
    "phương án tinh giản {number} biên chế",
    "chuyên mục hỏi đáp trên cổng thông tin",
    "bộ tiêu chí chấm điểm cải cách hành chính cấp xã",
    "việc thanh toán học phí không dùng tiền mặt",
    "lộ trình sáp nhập {number} thôn, bản",
    "hợp phần đào tạo của chương trình nông thôn mới",
    "quy chế dân chủ ở {number} cơ quan",
    "gói thầu trang thiết bị cho trạm y tế",
];

pub const PURPOSES: [&str; 22] = [
    "nhằm rút ngắn thời gian đi lại của bà con.",
    "để người dân chỉ phải đến một nơi.",
    "trước khi mùa mưa bắt đầu.",
    "theo đúng lộ trình đã hứa với cử tri.",
    "dù nhân lực còn thiếu ở nhiều nơi.",
    "qua đó tiết kiệm khoảng {number} triệu đồng mỗi năm.",
    "với sự tham gia của {number} tình nguyện viên.",
    "trong khi hạ tầng mạng ở vùng sâu chưa ổn định.",
    "sau {number} ngày làm việc liên tục.",
    "và sẽ báo cáo kết quả tại kỳ họp cuối năm.",
    "bởi đây là khâu còn nhiều ý kiến phàn nàn.",
    "tạo thuận lợi cho doanh nghiệp nhỏ mới thành lập.",
    "không để hồ sơ tồn đọng sang tháng sau.",
    "đồng thời gắn trách nhiệm của người đứng đầu.",
    "nên tỷ lệ đúng hạn tăng lên {percent}%.",
    "cao hơn cùng kỳ {percent}%.",
    "ngay từ những tuần đầu của năm.",
    "bằng nguồn vốn lồng ghép từ nhiều chương trình.",
    "sau phản ánh của người dân qua đường dây nóng.",
    "để các huyện khác cùng rút kinh nghiệm.",
    "với tinh thần không đùn đẩy, không né tránh.",
    "mà không phát sinh thêm giấy tờ nào.",
];

/// A conference told as an office always tells it: the same words, other days, places, persons and figures.
pub const CONFERENCE: [&str; 12] = [
    "Sáng {day}, tại hội trường UBND tỉnh {place}, đồng chí {chair}, Phó Chủ tịch UBND tỉnh, chủ trì hội nghị đánh giá công tác {topic}.",
    "Dự hội nghị có lãnh đạo các sở, ban, ngành; lãnh đạo UBND các huyện, thành phố và {number} đại biểu.",
    "Theo báo cáo tại hội nghị, trong {months} tháng qua, toàn tỉnh {place} đã tiếp nhận {number} hồ sơ, trong đó {percent}% được giải quyết trước và đúng hạn.",
    "Bên cạnh kết quả đạt được, công tác {topic} của tỉnh vẫn còn một số tồn tại, hạn chế cần sớm khắc phục.",
    "Tại hội nghị, đại biểu các sở, huyện đã thảo luận, làm rõ nguyên nhân và đề xuất giải pháp đối với {topic}.",
    "Ông {speaker}, Giám đốc Sở Nội vụ tỉnh {place}, cho biết đến nay {number} cơ quan đã hoàn thành kế hoạch, đạt {percent}%.",
    "Đại diện huyện {town} kiến nghị tỉnh quan tâm bố trí {number} triệu đồng để thực hiện {topic}.",
    "Phát biểu kết luận hội nghị, đồng chí {chair} ghi nhận, đánh giá cao sự nỗ lực của các cấp, các ngành trong thời gian qua.",
    "Đồng chí {chair} yêu cầu các sở, huyện tập trung khắc phục những tồn tại, phấn đấu đến cuối năm đạt {percent}%.",
    "Các cơ quan, đơn vị phải xác định rõ trách nhiệm của người đứng đầu, tăng cường kiểm tra, giám sát việc thực hiện.",
    "Nhân dịp này, UBND tỉnh {place} đã tặng bằng khen cho {number} tập thể và {count} cá nhân có thành tích xuất sắc.",
    "Hội nghị cũng thống nhất lịch làm việc của tổ công tác tại huyện {town} vào ngày {later}.",
];

/// What an office reports every year.
pub const YEARLY_REPORT: [&str; 11] = [
    "Ngày {day}, Sở Nội vụ tỉnh {place} ban hành báo cáo kết quả công tác cải cách hành chính năm {year}.",
    "Trong năm {year}, sở đã tham mưu ban hành {number} văn bản chỉ đạo, điều hành, hoàn thành {percent}% nhiệm vụ đề ra.",
    "Toàn tỉnh có {number} thủ tục hành chính được công khai, {count} thủ tục được cắt giảm thời gian giải quyết.",
    "Tỷ lệ hồ sơ giải quyết đúng hạn đạt {percent}%, tăng {small}% so với năm trước.",
    "Sở đã tổ chức {count} lớp bồi dưỡng cho {number} lượt cán bộ, công chức, viên chức của tỉnh {place}.",
    "Việc sắp xếp tổ chức bộ máy được thực hiện nghiêm túc, giảm {count} phòng và {number} biên chế.",
    "Tỷ lệ văn bản trao đổi trên môi trường mạng giữa các cơ quan đạt {percent}%.",
    "Số người dân hài lòng với sự phục vụ của cơ quan hành chính đạt {percent}%, với {number} phiếu khảo sát.",
    "Ông {chair}, Giám đốc Sở Nội vụ, cho rằng kết quả này là cơ sở để tỉnh phấn đấu nâng hạng chỉ số cải cách hành chính.",
    "Báo cáo cũng chỉ ra những hạn chế như hạ tầng công nghệ thông tin ở cấp xã chưa đồng bộ, kinh phí còn thấp.",
    "Năm tới, sở đặt mục tiêu {percent}% hồ sơ được nộp trực tuyến và {number} dịch vụ công toàn trình.",
];

/// What an agency adds to everything that it writes on one subject.
pub const BACKGROUND: [&str; 6] = [
    "Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021-2030 được Chính phủ ban hành kèm theo Nghị quyết số 76/NQ-CP với sáu nội dung lớn.",
    "Chương trình đặt ra mục tiêu xây dựng nền hành chính dân chủ, chuyên nghiệp, hiện đại, tinh gọn, hiệu lực, hiệu quả và có năng lực kiến tạo phát triển.",
    "Đến năm 2025, mức độ hài lòng của người dân, doanh nghiệp về giải quyết thủ tục hành chính phải đạt tối thiểu 90%.",
    "Bộ Nội vụ là cơ quan thường trực, có nhiệm vụ theo dõi, đôn đốc các bộ, ngành, địa phương triển khai chương trình.",
    "Chỉ số cải cách hành chính của các bộ, các tỉnh được công bố hằng năm từ năm 2012 đến nay.",
    "Trước đó, giai đoạn 2011-2020 đã ghi dấu ấn với việc thành lập bộ phận một cửa ở tất cả các cấp hành chính.",
];

/// A notice that a people's committee publishes every month.
pub const NOTICE: [&str; 4] = [
    "UBND xã {commune}, huyện {town} thông báo lịch tiếp công dân định kỳ tháng {month} năm {year} của Chủ tịch UBND xã.",
    "Thời gian tiếp công dân bắt đầu từ 8 giờ ngày {day} tại trụ sở UBND xã {commune}.",
    "Công dân đến liên hệ mang theo giấy tờ tùy thân và thực hiện theo hướng dẫn của cán bộ tiếp dân.",
    "Trường hợp thay đổi lịch, UBND xã sẽ thông báo trên hệ thống truyền thanh.",
];

/// How an editor begins anew.
pub const LEADS: [&str; 6] = [
    "Theo thông tin phóng viên vừa nhận được, câu chuyện dưới đây đang được bạn đọc quan tâm.",
    "Đó là nội dung đáng chú ý vừa được cơ quan chức năng địa phương cung cấp cho báo chí.",
    "Nhiều việc cụ thể đã được nêu ra, kèm theo những con số mà người dân chờ đợi từ lâu.",
    "Những ngày qua, chuyện giấy tờ và thủ tục lại được nhắc đến ở nhiều nơi trong tỉnh.",
    "Một loạt việc liên quan đến đời sống của bà con vừa được chính quyền thông tin rộng rãi.",
    "Bản tin hôm nay xin điểm lại diễn biến mới về việc phục vụ người dân ở cơ sở.",
];

/// Lines that a portal puts around an article and that no list of furniture knows.
pub const FURNITURE: [&str; 8] = [
    "Mời bạn đọc theo dõi chuyên trang trên ứng dụng của chúng tôi",
    "Tin cùng chuyên mục được quan tâm nhất tuần",
    "Ý kiến của bạn về bài viết này",
    "Bấm vào đây để nhận bản tin sáng miễn phí",
    "Góc nhìn bạn đọc",
    "Nguồn ảnh do địa phương cung cấp",
    "Bài và ảnh của tổ phóng viên thời sự",
    "Xem thêm những bài khác trong tháng",
];

/// An editor's other words for the same thing.
pub const REWORDINGS: [(&str, &str); 12] = [
    ("UBND", "Ủy ban nhân dân"),
    ("HĐND", "Hội đồng nhân dân"),
    ("tập huấn", "bồi dưỡng"),
    ("vừa công bố", "mới công bố"),
    ("khoảng", "chừng"),
    ("bà con", "nhân dân"),
    ("doanh nghiệp nhỏ", "doanh nghiệp vừa và nhỏ"),
    ("đúng hạn", "đúng thời hạn"),
    ("báo cáo kết quả", "thông báo kết quả"),
    ("nhiều nơi", "không ít nơi"),
    ("Lãnh đạo", "Đại diện lãnh đạo"),
    ("sau phản ánh", "sau khi có phản ánh"),
];

/// Spellings of one syllable: the tone on either vowel, `i` or `y`.
pub const SPELLINGS: [(&str, &str); 10] = [
    ("hóa", "hoá"),
    ("hòa", "hoà"),
    ("Hòa", "Hoà"),
    ("thỏa", "thoả"),
    ("khỏe", "khoẻ"),
    ("ủy", "uỷ"),
    ("Ủy", "Uỷ"),
    ("thủy", "thuỷ"),
    ("kỷ", "kỉ"),
    ("quý", "quí"),
];

pub const PLACES: [&str; 16] = [
    "Lạng Sơn",
    "Bắc Giang",
    "Hòa Bình",
    "Quảng Nam",
    "Kon Tum",
    "Cà Mau",
    "Nghệ An",
    "Thái Bình",
    "Hà Giang",
    "Bình Định",
    "Sóc Trăng",
    "Đắk Nông",
    "Vĩnh Long",
    "Yên Bái",
    "Phú Thọ",
    "Ninh Thuận",
];

pub const TOWNS: [&str; 16] = [
    "Chi Lăng",
    "Lục Ngạn",
    "Tân Lạc",
    "Duy Xuyên",
    "Đăk Hà",
    "Cái Nước",
    "Diễn Châu",
    "Vũ Thư",
    "Quản Bạ",
    "Hoài Nhơn",
    "Kế Sách",
    "Đắk Mil",
    "Bình Tân",
    "Trấn Yên",
    "Lâm Thao",
    "Ninh Hải",
];

pub const FAMILY_NAMES: [&str; 12] = [
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương",
];

pub const MIDDLE_NAMES: [&str; 10] = [
    "Văn", "Thị", "Đức", "Minh", "Hữu", "Ngọc", "Thanh", "Quang", "Xuân", "Thúy",
];

pub const GIVEN_NAMES: [&str; 18] = [
    "An", "Bình", "Cường", "Dũng", "Hà", "Hòa", "Hùng", "Khánh", "Lan", "Long", "Mai", "Nam", "Phúc", "Quân", "Sơn",
    "Thủy", "Tuấn", "Vinh",
];

pub const TOPICS: [&str; 8] = [
    "cải cách hành chính",
    "chuyển đổi số",
    "tiếp công dân, giải quyết khiếu nại",
    "kiểm soát thủ tục hành chính",
    "sắp xếp đơn vị hành chính cấp xã",
    "xây dựng nông thôn mới",
    "cải thiện môi trường đầu tư",
    "bồi dưỡng cán bộ, công chức",
];
