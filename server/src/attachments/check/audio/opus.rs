//! What is read of Opus itself: the head, and how long a packet plays.

/// The head of a stream of one or two channels (RFC 7845 §5.1).
pub struct Head {
    pub channels: u8,
    /// Samples to drop at the start.
    pub pre_skip: u16,
    gain: i16,
}

pub const HEAD_MAGIC: &[u8] = b"OpusHead";
pub const TAGS_MAGIC: &[u8] = b"OpusTags";

impl Head {
    /// `None` for what is no head, or for more channels than a voice needs.
    pub fn read(packet: &[u8]) -> Option<Self> {
        let rest = packet.strip_prefix(HEAD_MAGIC)?;
        let [
            version,
            channels,
            skip_low,
            skip_high,
            _,
            _,
            _,
            _,
            gain_low,
            gain_high,
            family,
        ] = *rest.first_chunk()?;
        let known = version >> 4 == 0 && (1..=2).contains(&channels) && family == 0;
        known.then_some(Self {
            channels,
            pre_skip: u16::from_le_bytes([skip_low, skip_high]),
            gain: i16::from_le_bytes([gain_low, gain_high]),
        })
    }

    pub fn written(&self) -> Vec<u8> {
        let mut packet = HEAD_MAGIC.to_vec();
        packet.extend([1, self.channels]);
        packet.extend(self.pre_skip.to_le_bytes());
        packet.extend(48_000_u32.to_le_bytes());
        packet.extend(self.gain.to_le_bytes());
        packet.push(0);
        packet
    }
}

/// Samples at 48 kHz that a packet plays (RFC 6716 §3.1); `None` for what is no packet.
pub fn samples(packet: &[u8]) -> Option<u32> {
    /// 120 ms, the most a packet holds.
    const MOST: u32 = 5760;
    /// 48 frames of 1,275 bytes and their lengths (§3.2.5): it fits a page of Ogg.
    const MOST_BYTES: usize = 61_298;
    let first = *packet.first()?;
    let size = match first >> 3 {
        config @ 0..=11 => [480, 960, 1920, 2880][usize::from(config % 4)],
        config @ 12..=15 => [480, 960][usize::from(config % 2)],
        config => [120, 240, 480, 960][usize::from(config % 4)],
    };
    let frames = match first & 3 {
        0 => 1,
        1 | 2 => 2,
        _ => u32::from(packet.get(1)? & 0x3F),
    };
    let samples = size * frames;
    let fits = (1..=MOST).contains(&samples) && packet.len() <= MOST_BYTES;
    fits.then_some(samples)
}
