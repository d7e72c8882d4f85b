//! Which elements the parser of the HTML standard treats alike, as far as their end tags go.

/// What the standard does with an element of that name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Has no content.
    Void,
    /// Stands once in every page, whatever its tags say.
    Page,
    Raw,
    /// Is opened again where a block ended it.
    Formatting,
    Paragraph,
    Item,
    /// Ends a paragraph.
    Block,
    /// Is looked through for no element to end, like a block, but ends no paragraph.
    Special,
    /// Keeps end tags within from ending what is without.
    Scope,
    Table,
    TablePart,
    Row,
    Cell,
    /// Ends its sibling before.
    Option,
    /// Ends its sibling before, in a `ruby` alone.
    Ruby,
    Foreign,
    Inline,
}

/// End tags within it do not end what is without.
pub(super) fn is_scope(class: Class) -> bool {
    matches!(class, Class::Scope | Class::Table | Class::Cell)
}

/// End tags of inline elements look no further.
pub(super) fn is_special(class: Class) -> bool {
    !matches!(
        class,
        Class::Formatting | Class::Inline | Class::Option | Class::Ruby | Class::Foreign
    )
}

/// Formatting does not go on within, nor beyond.
pub(super) fn is_marker(name: &str) -> bool {
    ["applet", "caption", "marquee", "object", "template"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(name))
}

/// No content in HTML, and the end of what is foreign.
pub(super) fn is_void_anywhere(name: &str) -> bool {
    ["br", "embed", "hr", "img", "meta"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(name))
}

/// Foreign elements whose content is HTML.
pub(super) fn is_html_within(name: &str) -> bool {
    const NAMES: [&str; 9] = [
        "foreignobject",
        "desc",
        "title",
        "mi",
        "mo",
        "mn",
        "ms",
        "mtext",
        "annotation-xml",
    ];
    NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// The class of the element of that name, in any case.
pub(super) fn class(name: &str) -> Class {
    let mut buffer = [0; 12];
    let Some(lower) = buffer.get_mut(..name.len()) else {
        return Class::Inline;
    };
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    match &*lower {
        b"area" | b"base" | b"basefont" | b"bgsound" | b"br" | b"col" | b"embed" | b"frame" | b"hr" | b"image"
        | b"img" | b"input" | b"keygen" | b"link" | b"meta" | b"param" | b"source" | b"track" | b"wbr" => Class::Void,
        b"html" | b"head" | b"body" | b"frameset" => Class::Page,
        b"iframe" | b"noembed" | b"noframes" | b"plaintext" | b"script" | b"style" | b"textarea" | b"title"
        | b"xmp" => Class::Raw,
        b"a" | b"b" | b"big" | b"code" | b"em" | b"font" | b"i" | b"nobr" | b"s" | b"small" | b"strike" | b"strong"
        | b"tt" | b"u" => Class::Formatting,
        b"p" => Class::Paragraph,
        b"dd" | b"dt" | b"li" => Class::Item,
        b"address" | b"article" | b"aside" | b"blockquote" | b"center" | b"details" | b"dir" | b"div" | b"dl"
        | b"fieldset" | b"figcaption" | b"figure" | b"footer" | b"form" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5"
        | b"h6" | b"header" | b"hgroup" | b"listing" | b"main" | b"menu" | b"nav" | b"ol" | b"pre" | b"section"
        | b"summary" | b"ul" => Class::Block,
        b"button" | b"noscript" => Class::Special,
        b"applet" | b"marquee" | b"object" | b"select" | b"template" => Class::Scope,
        b"table" => Class::Table,
        b"caption" | b"colgroup" | b"tbody" | b"tfoot" | b"thead" => Class::TablePart,
        b"tr" => Class::Row,
        b"td" | b"th" => Class::Cell,
        b"option" => Class::Option,
        b"rb" | b"rp" | b"rt" | b"rtc" => Class::Ruby,
        b"math" | b"svg" => Class::Foreign,
        _ => Class::Inline,
    }
}
