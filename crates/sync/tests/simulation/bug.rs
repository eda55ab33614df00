/// A mistake that is planted to see that the simulation finds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bug {
    /// The server carries out what it has carried out before.
    KeyNotChecked,
    /// The server takes the second content under one id for the first.
    OtherContentTaken,
    /// Serials are counted in memory and begin again with a restart.
    SerialReused,
    /// Places are read once for a request, not for each registration.
    PlacesReadOnce,
    /// The answer leaves before the commit.
    AnsweredBeforeCommit,
    /// A crash keeps the tables and loses the event.
    EventLost,
    /// "Saved" is shown before the device has stored it.
    SavedTooSoon,
    /// The receipt is shown and not stored.
    ReceiptNotStored,
    /// Each try has an id of its own.
    FreshIdOnRetry,
    /// What the person makes of a refused item keeps its id.
    EditedUnderOldId,
    /// Any 200 is success, a captive portal's page too.
    PortalTakenForReceipt,
    /// A server's failure ends the item.
    DroppedOnFailure,
    /// After a restart only what was never tried is sent.
    TriedForgotten,
    /// One that was sent back stops the others.
    BlockedByRefusal,
    /// A lost answer is not asked for again.
    NeverAgain,
    /// An item is discarded by what the tab remembers, not by what the device stores.
    DiscardedFromMemory,
    /// An item leaves before the device has stored that it was tried.
    TriedNotStored,
    /// A tab sends only what it knew when it was opened.
    StoreNotReadAgain,
    /// A letter is answered with the receipt.
    LetterAnsweredInFull,
    /// A letter is compared with the readable command as it was closed, not by what is in it.
    LetterComparedClosed,
    /// Why a letter was refused is not kept under its provisional number.
    RefusalOfLetterLost,
    /// A letter has an id of its own.
    LetterUnderFreshId,
    /// The letters of a space that is thrown away go with it.
    LettersThrownAway,
    /// A letter that was delivered counts as received, and what can be read of it goes.
    DeliveredTakenForReceived,
    /// What was on the screen stays there when the space is locked.
    LockedStillShown,
    /// What is everybody's is shown in a space that is open.
    OthersShown,
    /// What became of an item is stored in the space that happens to be open.
    ReceiptInOpenSpace,
    /// An item whose letter another phone was given counts as one that never left.
    HandedOverStillKept,
    /// A photo counts as received with its last piece, before the server has looked at it.
    PhotoGoneAtLastPiece,
    /// What was sent back and put right loses its photos.
    PhotosNotHandedOn,
    /// The sealed photos of a space that is thrown away go with it.
    PhotoLettersThrownAway,
    /// The server takes a piece wherever it begins.
    OffsetNotChecked,
    /// After a crash the server counts bytes that had not reached the disk.
    UnflushedCounted,
    /// A photo that came readable is kept once more when it comes sealed.
    PhotoKeptTwice,
}

impl Bug {
    pub const ALL: [Self; 34] = [
        Self::KeyNotChecked,
        Self::OtherContentTaken,
        Self::SerialReused,
        Self::PlacesReadOnce,
        Self::AnsweredBeforeCommit,
        Self::EventLost,
        Self::SavedTooSoon,
        Self::ReceiptNotStored,
        Self::FreshIdOnRetry,
        Self::EditedUnderOldId,
        Self::PortalTakenForReceipt,
        Self::DroppedOnFailure,
        Self::TriedForgotten,
        Self::BlockedByRefusal,
        Self::NeverAgain,
        Self::DiscardedFromMemory,
        Self::TriedNotStored,
        Self::StoreNotReadAgain,
        Self::LetterAnsweredInFull,
        Self::LetterComparedClosed,
        Self::RefusalOfLetterLost,
        Self::LetterUnderFreshId,
        Self::LettersThrownAway,
        Self::DeliveredTakenForReceived,
        Self::LockedStillShown,
        Self::OthersShown,
        Self::ReceiptInOpenSpace,
        Self::HandedOverStillKept,
        Self::PhotoGoneAtLastPiece,
        Self::PhotosNotHandedOn,
        Self::PhotoLettersThrownAway,
        Self::OffsetNotChecked,
        Self::UnflushedCounted,
        Self::PhotoKeptTwice,
    ];
}
