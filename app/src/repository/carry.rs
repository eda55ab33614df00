//! Letters in the hands of another phone: given to it here, or carried here for somebody else.

use device::{Carried, Device, Trouble};
use domain::{division::CountyCode, ids::CommandId};
use sync::{
    carry::{
        self, Brought, CarriedMedium, CarryProblem, Collected, MOST_LETTERS, MOST_MEDIA_BYTES, Part,
    },
    letter::Letter,
    outbox::Item,
};

use super::{
    outbox::{Driver, ask_to_send, driver, with_room},
    own, space,
};

/// What came of a letter, or of a part of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// So many letters and photos are carried from now on; none where all were here before. For so many photos there
    /// was no room: the first phone still has them.
    Letters { fresh: usize, left_out: usize },
    /// It waits for the other parts.
    Part,
}

/// Why nothing was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTaken {
    Problem(CarryProblem),
    NoRoom,
    NoStorage,
}

/// What is given to another phone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    pub letters: Vec<Letter>,
    pub media: Vec<CarriedMedium>,
    /// Photos and recordings that stay here: there was no room to close them, or a file would be too large.
    pub left_out: usize,
}

/// A letter of which parts are still to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    /// Its number.
    pub number: String,
    /// The parts, from 1.
    pub missing: Vec<usize>,
}

impl From<Trouble> for NotTaken {
    fn from(trouble: Trouble) -> Self {
        match trouble.is_full() {
            true => Self::NoRoom,
            false => Self::NoStorage,
        }
    }
}

impl From<CarryProblem> for NotTaken {
    fn from(problem: CarryProblem) -> Self {
        Self::Problem(problem)
    }
}

/// Whether something can be given to another phone: the server's key is here.
pub async fn can_hand_over() -> bool {
    match device().await {
        Some(device) => device.knows_letter_key().await == Ok(true),
        None => false,
    }
}

/// These items as letters for another phone, with their photos. One that has none, such as an act on a matter whose
/// code is not here, is left out; so are those that no file has room for.
///
/// # Errors
/// There is no room, or no storage.
pub async fn hand_over(items: &[Item]) -> Result<Given, NotTaken> {
    let driver = driver().ok_or(NotTaken::NoStorage)?;
    let (device, county) = (driver.device().await?, county(&driver)?);
    let mut given = Given::default();
    let mut media_bytes = 0;
    for item in items.iter().take(MOST_LETTERS) {
        let opens = match &item.about {
            Some(about) => own::opens(about).await,
            None => None,
        };
        let hand_over = async || device.hand_over(item, opens.clone()).await;
        match with_room(&device, hand_over).await {
            Ok(Some(letter)) => given.letters.push(letter),
            // One that does not open is in no other's way.
            Ok(None) | Err(Trouble::Damaged | Trouble::Locked) => continue,
            Err(trouble) => return Err(trouble.into()),
        }
        let (media, left_out) = device.hand_over_media(&county, item.id).await?;
        given.left_out += left_out;
        for medium in media {
            media_bytes += medium.closed.len();
            match media_bytes <= MOST_MEDIA_BYTES {
                true => given.media.push(medium),
                false => given.left_out += 1,
            }
        }
    }
    driver.turned().await;
    Ok(given)
}

/// The items that were given to another phone.
pub async fn handed_over() -> Vec<CommandId> {
    match device().await {
        Some(device) => device.handed_over().await.unwrap_or_default(),
        None => Vec::new(),
    }
}

/// Takes what stood in an address: a part of a letter, or all of it.
///
/// # Errors
/// Why nothing was taken. What was here stays; only parts that cannot become a letter go.
pub async fn take_part(text: &str) -> Result<Taken, NotTaken> {
    let driver = driver().ok_or(NotTaken::NoStorage)?;
    let part: Part = text.parse()?;
    let device = driver.device().await?;
    let number = part.number();
    keep_part(&device, &part).await?;
    let parts: Vec<Part> = parts(&device).await?;
    let same = parts.into_iter().filter(|known| known.number() == number);
    match carry::collected(&same.collect::<Vec<_>>(), &county(&driver)?) {
        Ok(Collected::Missing(_)) => Ok(Taken::Part),
        Ok(Collected::Whole(letter)) => {
            let taken = keep(&driver, &[letter], &[]).await?;
            // A part that stays says nothing that is not here.
            let _ = device.remove_parts(number).await;
            Ok(taken)
        }
        Err(problem) => {
            let _ = device.remove_parts(number).await;
            Err(problem.into())
        }
    }
}

/// Takes what is in a file.
///
/// # Errors
/// Why nothing was taken.
pub async fn take_file(text: &str) -> Result<Taken, NotTaken> {
    let driver = driver().ok_or(NotTaken::NoStorage)?;
    let Brought { letters, media } = carry::of_file(text, &county(&driver)?)?;
    keep(&driver, &letters, &media).await
}

/// The words first; then as much as fits of what follows them.
async fn keep(
    driver: &Driver,
    letters: &[Letter],
    media: &[CarriedMedium],
) -> Result<Taken, NotTaken> {
    let device = driver.device().await?;
    let (mut fresh, mut left_out) = (0, 0);
    for letter in letters {
        let kept = with_room(&device, async || device.carry(letter).await).await?;
        fresh += usize::from(kept);
    }
    for medium in media {
        match with_room(&device, async || device.carry_medium(medium).await).await {
            Ok(kept) => fresh += usize::from(kept),
            Err(Trouble::Full) => left_out += 1,
            Err(trouble) => return Err(trouble.into()),
        }
    }
    driver.turned().await;
    space::ask_to_keep();
    ask_to_send();
    Ok(Taken::Letters { fresh, left_out })
}

async fn keep_part(device: &Device, part: &Part) -> Result<(), Trouble> {
    let text = part.to_string();
    let keep = async || device.keep_part(part.number(), part.part(), &text).await;
    with_room(device, keep).await
}

/// The letters of others that are or were here.
pub async fn carried() -> Vec<Carried> {
    match device().await {
        Some(device) => device.carried().await.unwrap_or_default(),
        None => Vec::new(),
    }
}

/// Those of which parts are still to come.
pub async fn begun() -> Vec<Begun> {
    let Some(driver) = driver() else {
        return Vec::new();
    };
    let (Ok(device), Ok(county)) = (driver.device().await, county(&driver)) else {
        return Vec::new();
    };
    let parts = parts(&device).await.unwrap_or_default();
    let of_one = parts.chunk_by(|one, next| one.number() == next.number());
    let begun = of_one.filter_map(|parts| match carry::collected(parts, &county) {
        Ok(Collected::Missing(missing)) => Some(Begun {
            number: parts.first()?.number().to_owned(),
            missing,
        }),
        _ => None,
    });
    begun.collect()
}

/// Throws away what came of a letter of which parts are missing.
pub async fn give_up(number: &str) {
    if let Some(device) = device().await {
        let _ = device.remove_parts(number).await;
    }
}

/// Carries one of them no longer.
pub async fn put_carried_down(id: CommandId) {
    let Some(driver) = driver() else { return };
    if let Ok(device) = driver.device().await {
        let _ = device.put_carried_down(id).await;
        driver.turned().await;
    }
}

/// Forgets the letters of others that wait no longer.
pub async fn forget_carried() {
    if let Some(device) = device().await {
        let _ = device.forget_carried().await;
    }
}

async fn parts(device: &Device) -> Result<Vec<Part>, Trouble> {
    let parts = device.parts().await?.into_iter();
    Ok(parts.filter_map(|part| part.parse().ok()).collect())
}

fn county(driver: &Driver) -> Result<CountyCode, NotTaken> {
    CountyCode::parse(driver.county()).map_err(|_| CarryProblem::OtherCounty.into())
}

async fn device() -> Option<Device> {
    driver()?.device().await.ok()
}
