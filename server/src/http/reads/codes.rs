//! The QR codes of slips and posters. Only the server knows the address they lead to.

use domain::{
    code::SealedCode,
    visit::{VisitCode, VisitPhase},
};
use store::County;
use sync::view::{Mine, NoticePage, Poster, Qr};

use app::qr;

/// Draws the codes of the slip, or of the receipt of a matter filed without a visit.
pub fn slip(mine: &mut Mine, origin: &str, county: County) {
    if let Some(slip) = &mut mine.slip {
        // Whoever looks over a shoulder at the gate learns a day and a number.
        slip.gate = slip.serial.and_then(|serial| {
            let day = slip.visit.date.format("%Y%m%d");
            drawn(&format!("{county}-{day}-{serial}"))
        });
        let secret = slip.private_secret.as_ref();
        slip.private = secret.and_then(|secret| private(secret, origin, county));
    }
    if let Some(filed) = &mut mine.filed {
        filed.private = private(&filed.private_secret, origin, county);
    }
}

/// The secret is in the fragment: it reaches no server, log or referrer by itself.
fn private(secret: &SealedCode, origin: &str, county: County) -> Option<Qr> {
    drawn(&format!(
        "{origin}/{county}/follow?private=1#{}",
        secret.as_str()
    ))
}

/// The poster of a notice that is still to come or open.
pub fn poster(page: NoticePage, origin: &str, county: County) -> Option<Poster> {
    if matches!(page.phase, VisitPhase::Draft | VisitPhase::Cancelled) {
        return None;
    }
    let code = VisitCode::of(page.visit);
    let address = format!("{origin}/{county}/n/{}", code.as_str());
    Some(Poster {
        qr: drawn(&address),
        page,
        code,
        address,
    })
}

fn drawn(text: &str) -> Option<Qr> {
    let (path, size) = qr::drawn(text)?;
    Some(Qr { path, size })
}
