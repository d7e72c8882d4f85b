//! `parc-etl init`: a project that runs, with sample pages.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::Outcome;
use super::terminal::print;

const EXAMPLES: &str = "\
Examples:
  parc-etl init cchc
  parc-etl run cchc/pipelines/default.toml";

/// Make a project: a pipeline file, sample pages and a README
///
/// The pipeline file explains every key in a comment. The folder is made where it is missing; one that holds files is
/// refused.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Folder to make
    dir: PathBuf,
}

macro_rules! samples {
    ($($name:literal,)*) => {
        /// The sample pages of this repository's `raw/`.
        const SAMPLES: &[(&str, &[u8])] = &[
            $((concat!("raw/", $name), include_bytes!(concat!("../../../raw/", $name))),)*
        ];
    };
}

samples! {
    "bacgiang-2018-giao-ban-cchc.txt",
    "bentre-khong-nam-tiep-cong-dan.txt",
    "binhthuan-2022-dieu-tra-so-do.txt",
    "bocongthuong-2019-cat-giam-dieu-kien.html",
    "bongda-2019-slna-hai-phong.txt",
    "bongda-2023-derby-mien-trung.html",
    "bonoivu-2019-cong-bo-chi-so-cchc.txt",
    "bonoivu-2021-phong-van-chung-chi.txt",
    "bonoivu-2024-cong-bo-par-index-sipas.txt",
    "botaichinh-2023-hien-dai-hoa-thue.html",
    "cantho-2025-tiep-xuc-cu-tri.txt",
    "caobang-2022-phan-cap-thu-tuc.html",
    "chinhphu-2013-hop-bao-thuong-ky.txt",
    "chinhphu-2015-tiep-doi-tac-phat-trien.html",
    "daklak-2019-kiem-tra-cong-vu.html",
    "danang-2024-lam-viec-voi-doi-tac.html",
    "dienbien-2022-cong-bo-chi-so-cchc.txt",
    "dongnai-2026-doi-thoai-doanh-nghiep.html",
    "dongthap-2018-doi-thoai-doanh-nghiep.txt",
    "gialai-2025-chinh-quyen-hai-cap.html",
    "haiduong-2018-trao-quyet-dinh.txt",
    "hanoi-2018-dau-thau-qua-mang.txt",
    "hanoi-2020-bat-nhom-lua-dao.txt",
    "hanoi-2023-cong-bo-papi.txt",
    "hatinh-2016-ky-hop-hdnd.txt",
    "hopbao-2020-quy-3.html",
    "hue-2026-phien-hop-thang-2.txt",
    "hungyen-2021-toa-dam-truc-tuyen.txt",
    "kiengiang-2021-hop-truc-tuyen.txt",
    "kontum-2017-ky-hop-hdnd.txt",
    "laichau-2023-tiep-cong-dan.txt",
    "lamdong-2026-giao-ban-hai-cap.html",
    "langson-2021-tong-ket-cchc.txt",
    "laocai-2012-giao-ban-mot-cua.txt",
    "laocai-2014-pho-thu-tuong-lam-viec.txt",
    "loi-nhieu-nhi-phan.html",
    "loi-tep-bi-cat.jsonl.gz",
    "nghean-2020-quyet-dinh-cat-giam.txt",
    "ninhbinh-2026-dien-dan-chinh-quyen-so.html",
    "ninhthuan-2024-tap-huan-chuyen-doi-so.txt",
    "phutho-2025-cong-bo-sap-nhap.txt",
    "phuyen-2022-uy-quyen-thu-tuc.txt",
    "quangbinh-2014-hoi-thao-khoa-hoc.txt",
    "quangnam-2018-tiep-xuc-cu-tri.txt",
    "quangnam-2019-dang-lai-chi-so-cchc.html",
    "quangngai-2023-lam-viec-koica.html",
    "quangtri-2014-tap-huan-kiem-soat-tthc.txt",
    "quochoi-2012-uy-ban-thuong-vu.txt",
    "quochoi-2016-chat-van-noi-vu.txt",
    "soctrang-phan-cap-diem-cau.txt",
    "sonla-2022-hoi-nghi-btv-huyen-uy.txt",
    "thanhhoa-2017-trao-thuong-cchc.txt",
    "tiengiang-2015-doi-thoai-doanh-nghiep.txt",
    "tin-hung-yen.csv.gz",
    "tin-xa-dan.jsonl",
    "tphcm-2026-so-ket-de-an-06.html",
    "tuphap-2015-hoi-thao-luat-ban-hanh-van-ban.txt",
    "vinhlong-2015-hai-cuoc-lam-viec.txt",
    "yenbai-2012-so-ket-mot-cua.txt",
}

const PROJECT: &[(&str, &[u8])] = &[
    ("README.md", include_bytes!("README.md")),
    (".gitignore", b"/output/\n/state/\n"),
    (
        "pipelines/default.toml",
        include_bytes!("../../../pipelines/default.toml"),
    ),
    (
        "pipelines/pipeline.schema.json",
        include_bytes!("../../../pipelines/pipeline.schema.json"),
    ),
];

/// Writes a project that runs into an empty folder.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let dir = &args.dir;
    refuse_used(dir)?;
    for (name, content) in PROJECT.iter().chain(SAMPLES) {
        write(&dir.join(name), content)?;
    }
    print(&format!(
        "Made a project in {dir} with {count} sample files.\nNext: parc-etl run {pipeline}\n",
        dir = dir.display(),
        count = SAMPLES.len(),
        pipeline = dir.join("pipelines/default.toml").display(),
    ))?;
    Ok(Outcome::Done)
}

/// A folder that holds nothing, or nothing but a fresh git repository, may be filled.
fn refuse_used(dir: &Path) -> anyhow::Result<()> {
    if !dir.exists() {
        return Ok(());
    }
    let entries = dir
        .read_dir()
        .with_context(|| format!("cannot look into {}", dir.display()))?;
    for entry in entries {
        let name = entry
            .with_context(|| format!("cannot look into {}", dir.display()))?
            .file_name();
        if name != ".git" {
            bail!(
                "{} is not empty: it holds {}; name a new folder",
                dir.display(),
                name.to_string_lossy()
            );
        }
    }
    Ok(())
}

fn write(path: &Path, content: &[u8]) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    fs::write(path, content).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_page_of_the_repository_is_embedded() {
        let raw = Path::new(env!("CARGO_MANIFEST_DIR")).join("raw");
        let mut expected: Vec<String> = raw
            .read_dir()
            .unwrap()
            .map(|entry| format!("raw/{}", entry.unwrap().file_name().to_str().unwrap()))
            .filter(|name| name != "raw/README.md")
            .collect();
        expected.sort();
        let embedded: Vec<&str> = SAMPLES.iter().map(|(name, _)| *name).collect();
        assert_eq!(embedded, expected, "list the files of raw/ in src/cli/init/mod.rs");
    }
}
