//! What can be looked up exactly, without the database knowing the value.

/// One blind index. The caller normalises the value (digits only, no spaces, one width).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LookupKind {
    /// A case number; unique within the county.
    Number,
    /// The ten-digit code of a receipt; unique within the county.
    QueryCode,
    /// The 26-character code of a sealed matter; unique within the county.
    SealedCode,
    Name,
    Phone,
    /// An identity document's number.
    IdNumber,
}

impl LookupKind {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::QueryCode => "query_code",
            Self::SealedCode => "sealed_code",
            Self::Name => "name",
            Self::Phone => "phone",
            Self::IdNumber => "id_number",
        }
    }
}
