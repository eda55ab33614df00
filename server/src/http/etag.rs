//! The names by which a browser or a cache tells that it has an answer already.

use axum::http::{HeaderMap, HeaderValue, header};

/// The name of what has this digest; `form` tells the content codings of one answer apart.
pub fn named(digest: &[u8], form: &str) -> HeaderValue {
    let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let name = HeaderValue::try_from(format!("\"{digest}{form}\""));
    name.expect("hexadecimal digits are a header's")
}

/// The name of what says the same in each content coding.
pub fn weak(digest: &[u8]) -> HeaderValue {
    let name = [b"W/", named(digest, "").as_bytes()].concat();
    HeaderValue::try_from(name).expect("hexadecimal digits are a header's")
}

/// Whether who asks has it.
pub fn is_there(asked: &HeaderMap, name: &HeaderValue) -> bool {
    let named = asked.get_all(header::IF_NONE_MATCH).iter();
    named
        .flat_map(|value| value.as_bytes().split(|byte| *byte == b','))
        .any(|tag| unmarked(tag.trim_ascii()) == unmarked(name.as_bytes()))
}

/// A proxy may have marked it weak; for a 304 that is the same (RFC 9110, 13.1.2).
fn unmarked(tag: &[u8]) -> &[u8] {
    tag.strip_prefix(b"W/").unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_known_among_others_and_when_it_was_marked_weak() {
        let name = named(&[0xab, 1], "-br");
        assert_eq!(name, "\"ab01-br\"");
        let asked = |tags: &[&'static str]| {
            let mut asked = HeaderMap::new();
            for tags in tags {
                asked.append(header::IF_NONE_MATCH, HeaderValue::from_static(tags));
            }
            is_there(&asked, &name)
        };
        assert!(asked(&["\"ab01-br\""]));
        assert!(asked(&["\"x\", W/\"ab01-br\""]));
        assert!(asked(&["\"x\"", "\"ab01-br\""]));
        assert!(!asked(&["\"ab01\"", "ab01-br", "*"]));
        assert!(!asked(&[]));
    }
}
