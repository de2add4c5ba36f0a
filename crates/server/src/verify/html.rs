//! Text in a page, and days as people read them.

use domain::PartialDate;

use super::words::{ABOUT, MONTHS};

/// `text` where a page shows text or the value of an attribute.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // What would turn the line round or hide in it is shown as what it is.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                out.push_str(&format!("U+{:04X}", u32::from(sign)));
            }
            sign => out.push(sign),
        }
    }
    out
}

/// `text` with `{name}` filled in by its value, once; what fills it is escaped.
pub(crate) fn filled(text: &str, name: &str, value: &str) -> String {
    escaped(text).replace(&format!("{{{name}}}"), &escaped(value))
}

/// [`day`] within a sentence, where it is not broken over two lines.
pub(crate) fn day_in_text(date: PartialDate) -> String {
    day(date).replace('-', "\u{2011}")
}

/// `14-Jul-1999`, `Jul-1999` or `1999`, with `about` before it where it was estimated.
pub(crate) fn day(date: PartialDate) -> String {
    let written = date.to_string();
    let (estimated, plain) = match written.strip_prefix('~') {
        Some(plain) => (format!("{ABOUT} "), plain),
        None => (String::new(), written.as_str()),
    };
    let mut parts = plain.rsplit('-');
    let name = |month: &str| {
        let number = month.parse::<usize>().ok().and_then(|month| month.checked_sub(1));
        number.and_then(|index| MONTHS.get(index)).copied().unwrap_or_default()
    };
    match (parts.next(), parts.next(), parts.next()) {
        (Some(day), Some(month), Some(year)) => format!("{estimated}{day}-{}-{year}", name(month)),
        (Some(month), Some(year), None) => format!("{estimated}{}-{year}", name(month)),
        _ => format!("{estimated}{plain}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_signed_or_typed_becomes_a_tag_an_attribute_or_turns_its_line_round() {
        assert_eq!(escaped("<b a='1' c=\"2\">&"), "&lt;b a=&#39;1&#39; c=&quot;2&quot;&gt;&amp;");
        assert_eq!(escaped("Zoë \u{202e}eoZ"), "Zoë U+202EeoZ");
        assert_eq!(filled("It is {x}.", "x", "<{x}>"), "It is &lt;{x}&gt;.");
    }

    #[test]
    fn a_day_is_written_as_on_the_paper_as_exactly_as_it_is_known() {
        let written = |text: &str| day(text.parse().unwrap());
        assert_eq!(written("1999-07-14"), "14-Jul-1999");
        assert_eq!(written("1999-12"), "Dec-1999");
        assert_eq!(written("~1999"), "about 1999");
    }
}
