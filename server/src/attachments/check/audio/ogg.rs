//! Ogg (RFC 3533): one stream, read page by page with their checksums, and written anew.

use std::borrow::Cow;

use domain::attachment::Unfit;

use super::{
    Recording,
    opus::{HEAD_MAGIC, Head, TAGS_MAGIC, samples},
};

pub const MAGIC: &[u8] = b"OggS";

const HEADER: usize = 27;
const CONTINUED: u8 = 1;
const FIRST: u8 = 2;
const LAST: u8 = 4;
/// Segments of one page at most; a second of speech in packets of 20 ms is 50 or more.
const SEGMENTS: usize = 255;
const PACKETS_A_PAGE: usize = 50;

struct Page<'a> {
    flags: u8,
    serial: u32,
    number: u32,
    lacing: &'a [u8],
    body: &'a [u8],
    /// Bytes it takes.
    size: usize,
}

/// Takes a stream apart. What follows its last page is left behind.
pub fn read(sent: &[u8]) -> Result<Recording<'static>, Unfit> {
    let mut packets: Vec<Vec<u8>> = Vec::new();
    let (mut rest, mut open, mut number) = (sent, None::<Vec<u8>>, 0);
    let mut serial = None;
    while !rest.is_empty() {
        let page = page(rest).ok_or(Unfit::Damaged)?;
        let begins = page.flags & FIRST != 0;
        let same = *serial.get_or_insert(page.serial) == page.serial;
        // A second stream, a hole, or a continuation of nothing.
        if !same
            || begins != (number == 0)
            || page.number != number
            || (page.flags & CONTINUED != 0) != open.is_some()
        {
            return Err(Unfit::Damaged);
        }
        let mut at = 0;
        for length in page.lacing {
            let next = at + usize::from(*length);
            open.get_or_insert_default()
                .extend_from_slice(&page.body[at..next]);
            at = next;
            if *length < 255 {
                packets.extend(open.take());
            }
        }
        number += 1;
        rest = &rest[page.size..];
        if page.flags & LAST != 0 {
            break;
        }
    }
    let mut packets = packets.into_iter();
    let head = packets.next().ok_or(Unfit::Damaged)?;
    if !head.starts_with(HEAD_MAGIC) {
        return Err(Unfit::NotARecording);
    }
    let head = Head::read(&head).ok_or(Unfit::NotARecording)?;
    let tags = packets.next().ok_or(Unfit::Damaged)?;
    if !tags.starts_with(TAGS_MAGIC) {
        return Err(Unfit::Damaged);
    }
    let packets = packets.map(Cow::Owned).collect();
    Ok(Recording { head, packets })
}

fn page(rest: &[u8]) -> Option<Page<'_>> {
    let header = rest.get(..HEADER)?;
    let segments = usize::from(header[26]);
    let lacing = rest.get(HEADER..HEADER + segments)?;
    let length: usize = lacing.iter().map(|length| usize::from(*length)).sum();
    let size = HEADER + segments + length;
    let body = rest.get(HEADER + segments..size)?;
    let word = |at: usize| {
        let bytes = header[at..at + 4].first_chunk().copied();
        bytes.map(u32::from_le_bytes)
    };
    let mut unsummed = rest[..size].to_vec();
    unsummed[22..26].fill(0);
    let whole = header.starts_with(MAGIC) && header[4] == 0 && word(22)? == checksum(&unsummed);
    whole.then_some(Page {
        flags: header[5],
        serial: word(14)?,
        number: word(18)?,
        lacing,
        body,
        size,
    })
}

/// The stream with a head, empty tags, and nothing but its packets.
pub fn write(recording: &Recording<'_>) -> Vec<u8> {
    let mut tags = TAGS_MAGIC.to_vec();
    // No vendor, no comments.
    tags.extend([0; 8]);
    let mut out = Vec::new();
    put_page(&mut out, FIRST, 0, 0, &[&recording.head.written()]);
    put_page(&mut out, 0, 0, 1, &[&tags]);
    let (mut number, mut played) = (2, 0);
    let mut rest = recording.packets.as_slice();
    while !rest.is_empty() {
        let (now, later) = rest.split_at(fitting(rest));
        let packets: Vec<&[u8]> = now.iter().map(AsRef::as_ref).collect();
        played += packets
            .iter()
            .filter_map(|packet| samples(packet))
            .map(u64::from)
            .sum::<u64>();
        let flags = if later.is_empty() { LAST } else { 0 };
        put_page(&mut out, flags, played, number, &packets);
        number += 1;
        rest = later;
    }
    out
}

/// How many packets fill the next page; one at least.
fn fitting(packets: &[Cow<'_, [u8]>]) -> usize {
    let mut segments = 0;
    let fits = packets.iter().take(PACKETS_A_PAGE).take_while(|packet| {
        segments += packet.len() / 255 + 1;
        segments <= SEGMENTS
    });
    fits.count().max(1)
}

/// No packet runs over a page: [`samples`] knows none that is longer.
fn put_page(out: &mut Vec<u8>, flags: u8, granule: u64, number: u32, packets: &[&[u8]]) {
    let start = out.len();
    let mut lacing = Vec::new();
    for packet in packets {
        lacing.extend(std::iter::repeat_n(255, packet.len() / 255));
        lacing.push((packet.len() % 255) as u8);
    }
    out.extend(MAGIC);
    out.extend([0, flags]);
    out.extend(granule.to_le_bytes());
    out.extend(1_u32.to_le_bytes());
    out.extend(number.to_le_bytes());
    out.extend([0; 4]);
    out.push(lacing.len() as u8);
    out.extend(lacing);
    packets.iter().for_each(|packet| out.extend(*packet));
    let sum = checksum(&out[start..]).to_le_bytes();
    out[start + 22..start + 26].copy_from_slice(&sum);
}

/// CRC-32 with the polynomial 0x04C11DB7, unreflected, from zero (RFC 3533 §6).
fn checksum(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 256] = {
        let mut table = [0; 256];
        let mut n = 0;
        while n < 256 {
            let (mut value, mut bit) = ((n as u32) << 24, 0);
            while bit < 8 {
                value = if value & 0x8000_0000 == 0 {
                    value << 1
                } else {
                    (value << 1) ^ 0x04C1_1DB7
                };
                bit += 1;
            }
            table[n] = value;
            n += 1;
        }
        table
    };
    bytes.iter().fold(0, |sum, byte| {
        (sum << 8) ^ TABLE[(sum >> 24) as usize ^ usize::from(*byte)]
    })
}
