//! WebM (Matroska, RFC 9559, in EBML, RFC 8794): one track of Opus, as browsers record it.
//!
//! Read as one row of elements: those that hold what is looked for are entered, and all others
//! stepped over. So the unknown sizes of a live recording need no care.

use std::borrow::Cow;

use domain::attachment::Unfit;

use super::{Recording, opus::Head};

pub const MAGIC: &[u8] = &[0x1A, 0x45, 0xDF, 0xA3];

const SEGMENT: u32 = 0x1853_8067;
const CLUSTER: u32 = 0x1F43_B675;
const TRACKS: u32 = 0x1654_AE6B;
const TRACK: u32 = 0xAE;
const TRACK_TYPE: u32 = 0x83;
const CODEC: u32 = 0x86;
const CODEC_PRIVATE: u32 = 0x63A2;
const ENCODINGS: u32 = 0x6D80;
const BLOCK_GROUP: u32 = 0xA0;
const BLOCK: u32 = 0xA1;
const SIMPLE_BLOCK: u32 = 0xA3;
const EBML: u32 = 0x1A45_DFA3;
const DOC_TYPE: u32 = 0x4282;

const AUDIO: &[u8] = &[2];
const LACING: u8 = 0x06;

pub fn read(sent: &[u8]) -> Result<Recording<'_>, Unfit> {
    let (mut rest, mut head, mut packets) = (sent, None, Vec::new());
    let (mut tracks, mut opus) = (0, false);
    while !rest.is_empty() {
        let (id, size, body) = element(rest).ok_or(Unfit::Damaged)?;
        if matches!(id, EBML | SEGMENT | CLUSTER | TRACKS | TRACK | BLOCK_GROUP) {
            tracks += u32::from(id == TRACK);
            rest = body;
            continue;
        }
        let size = size.ok_or(Unfit::Damaged)?;
        let content = body.get(..size).ok_or(Unfit::Damaged)?;
        rest = &body[size..];
        match id {
            DOC_TYPE if text(content) != b"webm" => return Err(Unfit::NotARecording),
            TRACK_TYPE if content != AUDIO => return Err(Unfit::NotARecording),
            CODEC if text(content) == b"A_OPUS" => opus = true,
            CODEC | ENCODINGS => return Err(Unfit::NotARecording),
            CODEC_PRIVATE => head = Head::read(content),
            BLOCK | SIMPLE_BLOCK => packets.push(Cow::Borrowed(frame(content)?)),
            _ => {}
        }
    }
    match head {
        Some(head) if opus && tracks == 1 => Ok(Recording { head, packets }),
        _ => Err(Unfit::NotARecording),
    }
}

/// Texts may be padded with zeros.
fn text(content: &[u8]) -> &[u8] {
    let end = content.iter().position(|byte| *byte == 0);
    &content[..end.unwrap_or(content.len())]
}

/// The packet in a block: after the track's number, a time and flags. Browsers lace none together.
fn frame(block: &[u8]) -> Result<&[u8], Unfit> {
    let (_, length) = number(block).ok_or(Unfit::Damaged)?;
    let rest = block.get(length..).unwrap_or_default();
    match rest.split_at_checked(3) {
        Some(([_, _, flags], frame)) if flags & LACING == 0 => Ok(frame),
        _ => Err(Unfit::Damaged),
    }
}

/// An element's id, its size unless that is unknown, and what follows.
fn element(rest: &[u8]) -> Option<(u32, Option<usize>, &[u8])> {
    let length = rest.first()?.leading_zeros() as usize + 1;
    if length > 4 {
        return None;
    }
    let id = rest.get(..length)?;
    let id = id.iter().fold(0, |id, byte| (id << 8) | u32::from(*byte));
    let rest = &rest[length..];
    let (size, length) = number(rest)?;
    let size = match size {
        Some(size) => Some(usize::try_from(size).ok()?),
        None => None,
    };
    Some((id, size, &rest[length..]))
}

/// A number of one to eight bytes and its length; all ones means that it is unknown.
fn number(rest: &[u8]) -> Option<(Option<u64>, usize)> {
    let first = *rest.first()?;
    let length = first.leading_zeros() as usize + 1;
    let bytes = rest.get(..length).filter(|_| length <= 8)?;
    let all = bytes
        .iter()
        .fold(0, |all, byte| (all << 8) | u64::from(*byte));
    let most = (1_u64 << (7 * length)) - 1;
    let value = all & most;
    Some(((value != most).then_some(value), length))
}
