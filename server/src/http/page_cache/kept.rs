//! A page as it is kept: whole, compressed when somebody first asks for that, under a name by which
//! a browser can tell that it has it already.

use std::{io::Write, sync::OnceLock};

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use super::{Counts, Seen};
use crate::http::{
    encoding::{self, Coding},
    etag,
    render::Rendered,
};

/// Always asked again, answered 304 when nothing changed.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");
/// The text size is a cookie.
const VARY: HeaderValue = HeaderValue::from_static("accept-encoding, cookie");
const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");

/// What may be done with a kept page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It says what a new one would.
    Good,
    /// Its counts moved: one visitor makes it anew, the others have this one meanwhile.
    Renew,
    /// It may say what is no longer true.
    Gone,
}

pub struct Kept {
    policy: HeaderValue,
    plain: Form,
    brotli: Form,
    gzip: Form,
    counts: Counts,
    seen: Seen,
    /// Midnight, or the first opening or closing that changes what it says.
    valid_until: DateTime<Utc>,
}

/// One content coding of the page.
struct Form {
    etag: HeaderValue,
    bytes: OnceLock<Bytes>,
}

impl Kept {
    /// `seen` is how far the feed was before the page was rendered.
    pub fn new(page: Rendered, counts: Counts, seen: Seen, valid_until: DateTime<Utc>) -> Self {
        let digest = Sha256::new()
            .chain_update(&page.policy)
            .chain_update(&page.html)
            .finalize();
        let plain = Form::named(&digest[..12], "");
        _ = plain.bytes.set(Bytes::from(page.html));
        Self {
            policy: page.policy,
            plain,
            brotli: Form::named(&digest[..12], "-br"),
            gzip: Form::named(&digest[..12], "-gz"),
            counts,
            seen,
            valid_until,
        }
    }

    pub fn standing(&self, seen: Seen, now: DateTime<Utc>) -> Standing {
        if self.seen.public != seen.public || now >= self.valid_until {
            Standing::Gone
        } else if self.counts == Counts::Told && self.seen.position != seen.position {
            Standing::Renew
        } else {
            Standing::Good
        }
    }

    pub fn answer(&self, asked: &HeaderMap) -> Response {
        let coding = encoding::accepted(asked).next();
        let form = match coding {
            Some(Coding::Brotli) => &self.brotli,
            Some(Coding::Gzip) => &self.gzip,
            None => &self.plain,
        };
        let mut response = if etag::is_there(asked, &form.etag) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            let mut response = Response::new(Body::from(self.bytes(form, coding)));
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HTML);
            if let Some(coding) = coding {
                let token = HeaderValue::from_static(coding.token());
                headers.insert(header::CONTENT_ENCODING, token);
            }
            response
        };
        let headers = response.headers_mut();
        headers.insert(header::ETAG, form.etag.clone());
        headers.insert(header::CACHE_CONTROL, ASK_AGAIN);
        headers.insert(header::VARY, VARY);
        headers.insert(header::CONTENT_SECURITY_POLICY, self.policy.clone());
        response
    }

    fn bytes(&self, form: &Form, coding: Option<Coding>) -> Bytes {
        let plain = self.plain.bytes.get().cloned().unwrap_or_default();
        match coding {
            None => plain,
            Some(coding) => form
                .bytes
                .get_or_init(|| Bytes::from(packed(&plain, coding, self.counts)))
                .clone(),
        }
    }
}

impl Form {
    fn named(digest: &[u8], suffix: &str) -> Self {
        Self {
            etag: etag::named(digest, suffix),
            bytes: OnceLock::new(),
        }
    }
}

/// A page that stays until something changes is worth more of the processor than one that may be
/// made anew in a second.
fn packed(plain: &[u8], coding: Coding, counts: Counts) -> Vec<u8> {
    let mut packed = Vec::new();
    let written = match coding {
        Coding::Brotli => {
            let quality = if counts == Counts::Told { 5 } else { 9 };
            let mut writer = brotli::CompressorWriter::new(&mut packed, 1 << 14, quality, 19);
            writer.write_all(plain).and_then(|()| writer.flush())
        }
        Coding::Gzip => {
            let mut writer =
                flate2::write::GzEncoder::new(&mut packed, flate2::Compression::default());
            writer.write_all(plain).and_then(|()| writer.try_finish())
        }
    };
    written.expect("writing into memory does not fail");
    packed
}
