//! What the server answers when it has received a command.

use serde::{Deserialize, Serialize};

use crate::{
    attachment::UploadToken,
    booking::Placement,
    case::CaseNumber,
    code::{AccessCode, SealedCode},
    ids::{CaseId, GrantId, MatterId, RegistrationId, ReplyId, VisitId},
};

/// What came of a command. Stored, and replayed to every repeat of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "receipt", rename_all = "snake_case")]
pub enum Receipt {
    /// A registration was received.
    Registered {
        /// Which.
        registration: RegistrationId,
        /// Its serial; none for a walk-in.
        serial: Option<u32>,
        /// A place, or a position in the waiting list.
        placement: Placement,
        /// The code for life.
        code: AccessCode,
        /// The secret of the private QR.
        private_secret: SealedCode,
        /// For the photos and recordings it names; none where it names none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        upload: Option<UploadToken>,
    },
    /// An ordinary matter was received.
    Filed {
        /// Which.
        case: CaseId,
        /// Its number.
        number: CaseNumber,
        /// The code for life; none where the registration's opens it.
        code: Option<AccessCode>,
        /// The secret of the private QR.
        private_secret: Option<SealedCode>,
        /// For the photos and recordings it names; none where it names none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        upload: Option<UploadToken>,
    },
    /// One more person was given access.
    Granted {
        /// Which grant.
        grant: GrantId,
        /// Its code, for that person.
        code: AccessCode,
    },
    /// One person's access was ended.
    Revoked {
        /// Which grant.
        grant: GrantId,
    },
    /// A visit was changed.
    Visit {
        /// Which.
        visit: VisitId,
    },
    /// A registration was changed.
    Registration {
        /// Which.
        registration: RegistrationId,
    },
    /// A case was changed.
    Case {
        /// Which.
        case: CaseId,
    },
    /// A reply was written.
    Reply {
        /// The case.
        case: CaseId,
        /// The reply.
        reply: ReplyId,
    },
    /// A public matter was changed.
    Matter {
        /// Which.
        matter: MatterId,
    },
}

impl Receipt {
    /// What opens the way for photos and recordings, where some were named.
    #[must_use]
    pub fn upload(&self) -> Option<&UploadToken> {
        match self {
            Self::Registered { upload, .. } | Self::Filed { upload, .. } => upload.as_ref(),
            _ => None,
        }
    }

    /// The receipt of what names photos or recordings, with what opens the way for them.
    #[must_use]
    pub fn with_upload(mut self, token: UploadToken) -> Self {
        if let Self::Registered { upload, .. } | Self::Filed { upload, .. } = &mut self {
            *upload = Some(token);
        }
        self
    }
}
