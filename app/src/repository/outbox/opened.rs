use crate::repository::own::{self, Own};

/// What the reading session that was just opened is for.
#[derive(Default)]
pub struct Opened {
    ours: Option<String>,
    all: Vec<Own>,
}

impl Opened {
    /// Opens what the first act on one's own matter is about, with the code this device keeps: the half
    /// hour it was opened for may be over. `about` names the registrations and matters of a request.
    pub async fn first_of(about: &[String], county: &str) -> Self {
        if about.is_empty() {
            return Self::default();
        }
        let all = own::all().await;
        let mut about = about.iter();
        let mine = about.find_map(|about| all.iter().find(|own| own.is_about(about)));
        if let Some(own) = mine {
            own::open(own, county).await;
        }
        Self {
            ours: mine.map(|own| own.id.clone()),
            all,
        }
    }

    /// What this device has no code for is left to the session the person opened.
    pub fn allows(&self, about: &str) -> bool {
        let of = self.all.iter().find(|own| own.is_about(about));
        of.is_none_or(|own| Some(&own.id) == self.ours.as_ref())
    }
}
