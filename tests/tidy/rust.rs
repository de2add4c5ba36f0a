//! Rust's text taken apart: code without comments, and the texts of its string literals.

/// What a file says, apart from its comments.
#[derive(Debug, Default)]
pub struct Parts {
    /// The code; a comment is one space and a string is `""`.
    pub code: String,
    /// Each string literal's text, escapes as written.
    pub strings: Vec<String>,
}

/// Takes `text` apart (The Rust Reference, "Comments" and "Tokens").
pub fn parts(text: &str) -> Parts {
    let mut parts = Parts::default();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = if rest.starts_with("//") {
            parts.code.push(' ');
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            parts.code.push(' ');
            block_end(rest)
        } else if let Some((start, body, end)) = string(rest, parts.code.chars().last()) {
            parts.strings.push(rest[start..body].to_owned());
            parts.code.push_str("\"\"");
            end
        } else if let Some(end) = character(rest) {
            parts.code.push_str("' '");
            end
        } else {
            parts.code.push(first);
            first.len_utf8()
        };
        rest = &rest[end..];
    }
    parts
}

/// Where a block comment, which may hold others, ends.
fn block_end(text: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < text.len() {
        if text[at..].starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if text[at..].starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// Start and end of the text of a string that begins here, and the literal's end.
fn string(text: &str, before: Option<char>) -> Option<(usize, usize, usize)> {
    if before.is_some_and(|before| before.is_alphanumeric() || before == '_') {
        return None;
    }
    let prefix =
        ["br", "cr", "r", "b", "c"].into_iter().find(|prefix| text.starts_with(prefix)).unwrap_or("");
    let after = &text[prefix.len()..];
    if !prefix.ends_with('r') {
        let body = after.strip_prefix('"')?;
        let (start, mut escaped) = (prefix.len() + 1, false);
        for (at, letter) in body.char_indices() {
            match letter {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => return Some((start, start + at, start + at + 1)),
                _ => {}
            }
        }
        return Some((start, text.len(), text.len()));
    }
    let hashes = after.len() - after.trim_start_matches('#').len();
    let body = after[hashes..].strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(hashes));
    let start = prefix.len() + hashes + 1;
    let length = body.find(&close)?;
    Some((start, start + length, start + length + close.len()))
}

/// Where a character literal that begins here ends; a lifetime is none.
fn character(text: &str) -> Option<usize> {
    let body = text.strip_prefix('\'')?;
    if let Some(escape) = body.strip_prefix('\\') {
        let first = escape.chars().next()?.len_utf8();
        return Some(2 + first + escape[first..].find('\'')? + 1);
    }
    let first = body.chars().next()?.len_utf8();
    body[first..].starts_with('\'').then_some(first + 2)
}

/// The words of code, where `::`, spaces and signs part them.
pub fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|letter: char| !letter.is_alphanumeric() && letter != '_').filter(|word| !word.is_empty())
}

#[test]
fn comments_strings_and_characters_are_told_apart() {
    let text = r###"fn a<'x>() { /* in /* out */ "no" */ b("say \"hi\"", '"', '\'', r#"raw "q""#); } // c "d"
    let e = b"bytes";"###;
    let parts = parts(text);
    assert_eq!(parts.strings, [r#"say \"hi\""#, r#"raw "q""#, "bytes"]);
    assert_eq!(parts.code, "fn a<'x>() {   b(\"\", ' ', ' ', \"\"); }  \n    let e = \"\";");
}
