use device::Trouble;

use crate::repository::own::{self, Opening, Own};

/// What the reading session that was just opened is for.
#[derive(Default)]
pub struct Opened {
    ours: Option<String>,
    all: Vec<Own>,
}

impl Opened {
    /// Opens what the first act on one's own matter is about, with the code this device keeps: the half
    /// hour it was opened for may be over. `about` names the registrations and matters of a request.
    ///
    /// # Errors
    /// It could not be asked: what needs the code does not leave.
    pub async fn first_of(about: &[String], county: &str) -> Result<Self, Trouble> {
        if about.is_empty() {
            return Ok(Self::default());
        }
        let all = own::all().await;
        let mut about = about.iter();
        let opens = |about: &String| all.iter().find(|own| !own.closed && own.is_about(about));
        let mine = about.find_map(opens).cloned();
        if let Some(own) = &mine
            && own::open(own, county).await == Opening::Unreachable
        {
            return Err(Trouble::Failed("the matter could not be opened".to_owned()));
        }
        Ok(Self {
            ours: mine.map(|own| own.id),
            all,
        })
    }

    /// What this device has no code for that opens it is left to the session the person opened.
    pub fn allows(&self, about: &str) -> bool {
        let of = self.all.iter().find(|own| own.is_about(about));
        of.is_none_or(|own| own.closed || Some(&own.id) == self.ours.as_ref())
    }
}
