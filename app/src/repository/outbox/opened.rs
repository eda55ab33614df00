use crate::repository::own::{self, Opening, Own};

/// What the reading session that was just opened is for.
#[derive(Default)]
pub struct Opened {
    ours: Option<String>,
    all: Vec<Own>,
    /// It could not be asked: what needs a code does not leave.
    failed: bool,
}

impl Opened {
    /// Opens what the first act on one's own matter is about, with the code this device keeps: the half
    /// hour it was opened for may be over. `about` names the registrations and matters of a request. One whose code
    /// was tried too often is in no other's way.
    pub async fn first_of(about: &[String], county: &str) -> Self {
        let mut opened = Self::default();
        if about.is_empty() {
            return opened;
        }
        opened.all = own::all().await;
        let mut asked: Vec<&str> = Vec::new();
        for about in about {
            let all = &opened.all;
            let Some(own) = all.iter().find(|own| !own.closed && own.is_about(about)) else {
                continue;
            };
            if asked.contains(&own.id.as_str()) {
                continue;
            }
            asked.push(&own.id);
            match own::open(own, county).await {
                Opening::Opened | Opening::Refused => {
                    opened.ours = Some(own.id.clone());
                    break;
                }
                Opening::Later => opened.failed = true,
                Opening::Unreachable => {
                    opened.failed = true;
                    break;
                }
            }
        }
        opened
    }

    /// Whether something could not be asked just now.
    pub fn failed(&self) -> bool {
        self.failed
    }

    /// What this device has no code for that opens it is left to the session the person opened.
    pub fn allows(&self, about: &str) -> bool {
        let of = self.all.iter().find(|own| own.is_about(about));
        of.is_none_or(|own| own.closed || Some(&own.id) == self.ours.as_ref())
    }
}
