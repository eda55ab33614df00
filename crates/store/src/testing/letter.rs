use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{division::CountyCode, ids::CommandId};
use hpke::{
    Deserializable as _, OpModeS, Serializable as _, aead::AesGcm256, kdf::HkdfSha256,
    kem::DhP256HkdfSha256,
};
use rand_core::OsRng;
use sync::letter::{
    INFO, Inside, Letter, LetterKey, bound_to,
    medium::{self, MediumLetter, MediumName},
};

type Kem = DhP256HkdfSha256;

/// Closes a command as a device does.
#[must_use]
pub fn close_letter(key: &LetterKey, county: &str, id: CommandId, inside: &Inside) -> Letter {
    let inside = serde_json::to_vec(inside).expect("JSON");
    let (sender, closed) = sealed(key, INFO, &bound_to(county, id), &inside);
    Letter {
        letter: id,
        county: CountyCode::parse(county).expect("a county's code"),
        key: key.key,
        sender: STANDARD.encode(sender),
        closed: STANDARD.encode(closed),
    }
}

/// Closes a photo or recording as a device does.
#[must_use]
pub fn close_medium(key: &LetterKey, name: &MediumName<'_>, bytes: &[u8]) -> Vec<u8> {
    let (sender, closed) = sealed(key, medium::INFO, &name.bound(), bytes);
    let letter = MediumLetter {
        key: key.key,
        sender: &sender,
        closed: &closed,
    };
    letter.to_bytes()
}

fn sealed(key: &LetterKey, info: &[u8], bound: &[u8], plain: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let public = STANDARD.decode(&key.public).expect("base64");
    let public = <Kem as hpke::Kem>::PublicKey::from_bytes(&public).expect("a point");
    let (sender, closed) = hpke::single_shot_seal::<AesGcm256, HkdfSha256, Kem, _>(
        &OpModeS::Base,
        &public,
        info,
        plain,
        bound,
        &mut OsRng,
    )
    .expect("closed");
    (sender.to_bytes().to_vec(), closed)
}
