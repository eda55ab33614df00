//! What a filing may name: nine photos and one recording, each once.

use domain::{
    actor::Actor,
    attachment::{AttachmentKind, MOST_IMAGES, UploadToken},
    citizen::CitizenCommand,
    filing::{Filing, Statement},
    ids::{AttachmentId, VisitId},
    receipt::Receipt,
    refusal::Refusal,
};
use uuid::Uuid;

use crate::{
    county::{Command, County},
    people::filing,
    visits::published,
};

fn image(number: u128) -> Statement {
    Statement::Image {
        attachment: AttachmentId(Uuid::from_u128(number)),
        transcript: None,
    }
}

fn audio(number: u128) -> Statement {
    Statement::Audio {
        attachment: AttachmentId(Uuid::from_u128(number)),
        transcript: None,
    }
}

fn with(more: impl IntoIterator<Item = Statement>) -> Box<Filing> {
    let mut filing = filing();
    filing.statement.extend(more);
    filing
}

fn images(count: usize) -> impl Iterator<Item = Statement> {
    (1..).map(image).take(count)
}

fn filed(filing: Box<Filing>) -> Result<Receipt, Refusal> {
    let command = CitizenCommand::File { filing };
    County::new(1).execute(&Actor::Anyone, &Command::Citizen(command))
}

fn registered(filing: Box<Filing>) -> Result<Receipt, Refusal> {
    let (mut county, visit): (County, VisitId) = published(1);
    let command = CitizenCommand::Register { visit, filing };
    county.execute(&Actor::Anyone, &Command::Citizen(command))
}

fn refused() -> Refusal {
    Refusal::Malformed {
        field: "attachments".to_owned(),
    }
}

#[test]
fn nine_photos_and_a_recording_are_taken() {
    let most = || with(images(MOST_IMAGES).chain([audio(100)]));
    assert!(filed(most()).is_ok());
    assert!(registered(most()).is_ok());
}

#[test]
fn the_tenth_photo_is_refused() {
    assert_eq!(filed(with(images(10))), Err(refused()));
    assert_eq!(registered(with(images(10))), Err(refused()));
}

#[test]
fn a_second_recording_is_refused() {
    assert_eq!(filed(with([audio(1), audio(2)])), Err(refused()));
}

#[test]
fn one_id_is_one_attachment() {
    assert_eq!(filed(with([image(1), image(1)])), Err(refused()));
    assert_eq!(filed(with([image(1), audio(1)])), Err(refused()));
}

#[test]
fn they_are_named_in_the_order_they_were_said() {
    let named = with([image(7), audio(3)]).attachments();
    let id = |number| AttachmentId(Uuid::from_u128(number));
    assert_eq!(
        named,
        [
            (id(7), AttachmentKind::Image),
            (id(3), AttachmentKind::Audio)
        ]
    );
}

#[test]
fn a_receipt_from_before_there_were_attachments_is_read() {
    let receipt = filed(filing()).unwrap();
    let json = serde_json::to_value(&receipt).unwrap();
    assert!(json.get("upload").is_none(), "nothing new in it: {json}");
    assert_eq!(serde_json::from_value::<Receipt>(json).unwrap(), receipt);
}

#[test]
fn a_token_is_not_printed() {
    let printed = format!("{:?}", UploadToken("secret".into()));
    assert!(!printed.contains("secret"));
}
