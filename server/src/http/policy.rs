//! The content policy of a page, made from the page itself.
//!
//! Leptos marks the scripts it prints with a nonce. Every render gets a fresh secret one, the whole
//! page is buffered, exactly the scripts that carry the secret are hashed into the policy, and the
//! secret is taken out again. So a page can be cached and shared, and a script that got into it by
//! any other way does not run: it could not know the secret.

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

/// A page without its secret, and the policy that lets its own scripts run.
#[derive(Debug, PartialEq, Eq)]
pub struct Sealed {
    pub html: String,
    pub policy: String,
}

/// `secret` is the nonce this render was given.
pub fn seal(html: &str, secret: &str) -> Sealed {
    let hashes: String = marked_scripts(html, secret)
        .map(|script| format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(script))))
        .collect();
    let html = html
        .replace(&format!(" nonce=\"{secret}\""), "")
        // leptos 0.8.23 prints the nonce into preload links as well.
        .replace(&format!("crossorigin=\"{secret}\""), "crossorigin=\"\"")
        .replace(secret, "");
    Sealed {
        html,
        policy: policy(&hashes),
    }
}

/// The texts of the inline scripts whose opening tag carries the secret.
fn marked_scripts<'a>(html: &'a str, secret: &str) -> impl Iterator<Item = &'a str> {
    let mark = format!(" nonce=\"{secret}\"");
    html.split("<script").skip(1).filter_map(move |rest| {
        let (tag, rest) = rest.split_once('>')?;
        let (text, _) = rest.split_once("</script")?;
        (tag.contains(&mark) && !text.is_empty()).then_some(text)
    })
}

fn policy(script_hashes: &str) -> String {
    format!(
        "default-src 'none'; \
         script-src 'self' 'wasm-unsafe-eval'{script_hashes}; \
         style-src 'self'; \
         img-src 'self' blob: data:; \
         media-src 'self' blob:; \
         connect-src 'self'; \
         worker-src 'self'; \
         manifest-src 'self'; \
         form-action 'self'; \
         base-uri 'none'; \
         frame-ancestors 'none'; \
         require-trusted-types-for 'script'; \
         trusted-types huiyin"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "s3cr3t";

    #[test]
    fn only_scripts_with_the_secret_may_run() {
        let page = "<script nonce=\"s3cr3t\">a()</script><script>evil()</script>\
                    <script nonce=\"guess\">evil()</script>";
        let sealed = seal(page, SECRET);
        assert_eq!(sealed.policy.matches("sha256-").count(), 1);
        let hash = STANDARD.encode(Sha256::digest("a()"));
        assert!(sealed.policy.contains(&format!("'sha256-{hash}'")));
    }

    #[test]
    fn the_secret_is_nowhere_in_the_page() {
        let page = "<link crossorigin=\"s3cr3t\"><script nonce=\"s3cr3t\">a()</script>s3cr3t";
        let sealed = seal(page, SECRET);
        assert_eq!(sealed.html, "<link crossorigin=\"\"><script>a()</script>");
    }

    #[test]
    fn scripts_in_files_need_no_hash() {
        let page = "<script nonce=\"s3cr3t\" src=\"/a.js\"></script>";
        assert!(!seal(page, SECRET).policy.contains("sha256-"));
    }
}
