use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{division::CountyCode, ids::CommandId};
use hpke::{
    Deserializable as _, OpModeS, Serializable as _, aead::AesGcm256, kdf::HkdfSha256,
    kem::DhP256HkdfSha256,
};
use rand_core::OsRng;
use sync::letter::{INFO, Inside, Letter, LetterKey, bound_to};

type Kem = DhP256HkdfSha256;

/// Closes a command as a device does.
#[must_use]
pub fn close_letter(key: &LetterKey, county: &str, id: CommandId, inside: &Inside) -> Letter {
    let public = STANDARD.decode(&key.public).expect("base64");
    let public = <Kem as hpke::Kem>::PublicKey::from_bytes(&public).expect("a point");
    let inside = serde_json::to_vec(inside).expect("JSON");
    let (sender, closed) = hpke::single_shot_seal::<AesGcm256, HkdfSha256, Kem, _>(
        &OpModeS::Base,
        &public,
        INFO,
        &inside,
        &bound_to(county, id),
        &mut OsRng,
    )
    .expect("closed");
    Letter {
        letter: id,
        county: CountyCode::parse(county).expect("a county's code"),
        key: key.key,
        sender: STANDARD.encode(sender.to_bytes()),
        closed: STANDARD.encode(closed),
    }
}
