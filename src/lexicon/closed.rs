//! Closed classes: words on which a grammar turns.
//!
//! They are grammar, so they stand in code and no pipeline extends them. But a word is looked up in the vocabulary once for
//! each token anyway, so its closed classes are known with it: a rule that could only fail asks for one bit instead of
//! comparing the token with a list.

macro_rules! closed_classes {
    ($($(#[$doc:meta])* $variant:ident => [$($word:literal)*],)*) => {
        /// A closed class of words.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum ClosedClass { $($(#[$doc])* $variant,)* }

        impl ClosedClass {
            /// Every class.
            pub(super) const ALL: &'static [ClosedClass] = &[$(ClosedClass::$variant,)*];

            /// The folded words of the class.
            pub(super) fn words(self) -> &'static [&'static str] {
                match self { $(ClosedClass::$variant => &[$($word,)*],)* }
            }
        }
    };
}

closed_classes! {
    /// A mention of a day or month begins with it, where it does not begin with a number.
    DayOpener => [
        "buổi" "chiều" "chủ" "cuối" "cùng" "đầu" "đêm" "hôm" "khuya" "mùng" "mồng" "ngày" "sáng" "tháng" "thứ" "tối" "trưa"
    ],
    /// A period begins with it, where it does not begin with a number.
    PeriodOpener => [
        "ba" "bẩy" "bảy" "bốn" "cả" "các" "chín" "cho" "cùng" "cuối" "đầu" "đến" "giai" "giữa" "hai" "hàng" "hằng" "hết"
        "hiện" "kể" "mỗi" "một" "mười" "năm" "ngày" "nhiệm" "những" "nửa" "quý" "sau" "sáu" "tám" "tháng" "thời" "tính" "tới" "tuần"
        "trong" "từ"
    ],
    /// A place in small letters begins with it: cả nước, các tỉnh, toàn huyện, xã A, khu công nghiệp B.
    PlaceOpener => ["cả" "các" "huyện" "kcn" "khu" "kkt" "phường" "quận" "thị" "toàn" "tx" "xã"],
    /// The noun before a unit's name begins with it: tỉnh, thành phố, tx.
    UnitNoun => [
        "đặc" "h" "huyện" "phường" "q" "quận" "thành" "thị" "thủ" "tỉnh" "tp" "tx" "xã"
    ],
    /// A verb that implies a gathering begins with it: họp, làm việc với, tiếp xúc cử tri.
    MeetingVerb => ["gặp" "họp" "hội" "kiểm" "làm" "thảo" "tiếp" "trao"],
    /// Words on whether a gathering is online begin with it: điểm cầu, cầu truyền hình, trực tuyến.
    FormatOpener => ["cầu" "điểm" "trực"],
    /// Words for reporters and names of papers begin with it: PV, phóng viên, báo chí, nhà báo, Tuổi Trẻ.
    ReporterOpener => [
        "báo" "dân" "infonet" "lao" "người" "nhà" "pháp" "phóng" "plo" "pv" "thanh" "tiền" "ttxvn" "tuổi" "vietnamnet"
        "vnexpress" "vov" "vtv" "zing"
    ],
    /// Words on where a gathering is held begin with it: tại Hà Nội, điểm cầu Hà Nội.
    VenueOpener => ["điểm" "tại"],
}

/// The closed classes of one word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ClosedClasses(u64);

const _: () = assert!(ClosedClass::ALL.len() <= u64::BITS as usize, "a class is one bit");

impl ClosedClasses {
    pub fn contains(self, class: ClosedClass) -> bool {
        self.0 >> class as u32 & 1 == 1
    }

    pub fn insert(&mut self, class: ClosedClass) {
        self.0 |= 1 << class as u32;
    }
}
