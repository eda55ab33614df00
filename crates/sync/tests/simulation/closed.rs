//! Letters as this model closes them: what is inside lies there in base64. Phones do not look; the server does.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::DateTime;
use domain::{division::CountyCode, ids::CommandId};
use sync::{
    Area, Envelope,
    letter::{Inside, Letter, Opens, POINT},
};

use crate::server::Content;

pub fn county() -> CountyCode {
    CountyCode::parse("330726").expect("six digits")
}

/// `code` is whether it opens the matter it is about.
pub fn close(id: CommandId, content: &Content, code: bool) -> Letter {
    let envelope = Envelope {
        id,
        county: county(),
        area: Area::Citizen,
        device: None,
        sign_in: None,
        build: String::new(),
        captured_at: DateTime::UNIX_EPOCH,
        expected_version: None,
        command: content,
        replaces: Vec::new(),
    };
    let opens = || Opens {
        code: "code".to_owned(),
        pin: "1234".to_owned(),
    };
    let inside = Inside {
        envelope: serde_json::to_value(envelope).expect("it is plain data"),
        opens: code.then(opens),
    };
    Letter {
        letter: id,
        county: county(),
        key: 2026,
        sender: STANDARD.encode([4; POINT]),
        closed: STANDARD.encode(serde_json::to_vec(&inside).expect("it is plain data")),
    }
}

/// What a letter says, and whether it opens what that is about.
pub type Opened = (Content, bool);

/// None where it holds another command.
pub fn open(letter: &Letter) -> Option<Opened> {
    let plain = STANDARD.decode(&letter.closed).ok()?;
    let Inside { envelope, opens } = serde_json::from_slice(&plain).ok()?;
    let envelope: Envelope<Content> = serde_json::from_value(envelope).ok()?;
    (envelope.id == letter.letter).then_some((envelope.command, opens.is_some()))
}
