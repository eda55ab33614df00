//! Recordings: Opus (RFC 6716) in Ogg (RFC 3533, RFC 7845) or WebM, taken apart into its packets
//! and written as Ogg anew. Titles, dates and whatever else a container holds stay behind.

mod ogg;
mod opus;
mod webm;

use domain::attachment::{RECORDING_SECONDS, Unfit};

use opus::Head;

/// A recorder that stops at three minutes stops a little after them.
const GRACE_SECONDS: u64 = 2;
const SAMPLES_A_SECOND: u64 = 48_000;

/// What a container was found to hold.
struct Recording<'a> {
    head: Head,
    packets: Vec<std::borrow::Cow<'a, [u8]>>,
}

pub fn clean(sent: &[u8]) -> Result<Vec<u8>, Unfit> {
    let recording = if sent.starts_with(ogg::MAGIC) {
        ogg::read(sent)?
    } else if sent.starts_with(webm::MAGIC) {
        webm::read(sent)?
    } else {
        return Err(Unfit::NotARecording);
    };
    let mut samples = 0;
    for packet in &recording.packets {
        samples += u64::from(opus::samples(packet).ok_or(Unfit::Damaged)?);
    }
    if samples == 0 {
        return Err(Unfit::Damaged);
    }
    if samples > (RECORDING_SECONDS + GRACE_SECONDS) * SAMPLES_A_SECOND {
        return Err(Unfit::TooLong);
    }
    Ok(ogg::write(&recording))
}

#[cfg(test)]
mod tests;
