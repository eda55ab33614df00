use std::borrow::Cow;

use super::*;

/// 20 ms of one frame (configuration 9), and some bytes in place of sound.
fn packet(fill: u8) -> Vec<u8> {
    let mut packet = vec![9 << 3];
    packet.extend([fill; 40]);
    packet
}

fn head() -> Vec<u8> {
    let mut head = b"OpusHead\x01\x01".to_vec();
    head.extend([0x38, 0x01, 0x80, 0xBB, 0, 0, 0, 0, 0]);
    head
}

/// As a recorder writes it: a voice of so many packets.
fn ogg(packets: usize) -> Vec<u8> {
    let packets = (0..packets).map(|n| Cow::Owned(packet(n as u8)));
    ogg::write(&Recording {
        head: Head::read(&head()).unwrap(),
        packets: packets.collect(),
    })
}

/// An element of EBML with a size of eight bytes.
fn element(id: &[u8], content: &[u8]) -> Vec<u8> {
    let mut size = (content.len() as u64).to_be_bytes();
    size[0] = 1;
    [id, &size, content].concat()
}

/// One whose end is not known: it runs to the end of what holds it.
fn live(id: &[u8], content: &[u8]) -> Vec<u8> {
    [id, &[1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], content].concat()
}

fn track(kind: u8, codec: &[u8]) -> Vec<u8> {
    let parts = [
        element(&[0xD7], &[1]),
        element(&[0x83], &[kind]),
        element(&[0x86], codec),
        element(&[0x63, 0xA2], &head()),
        element(&[0x53, 0x6E], b"CANARY-TRACK-NAME"),
    ];
    element(&[0xAE], &parts.concat())
}

fn blocks(packets: usize, flags: u8) -> Vec<u8> {
    let block = |n: usize| {
        let content = [vec![0x81, 0, 0, flags], packet(n as u8)].concat();
        match n % 2 {
            0 => element(&[0xA3], &content),
            _ => element(&[0xA0], &element(&[0xA1], &content)),
        }
    };
    (0..packets).flat_map(block).collect()
}

fn webm_of(doc_type: &[u8], tracks: &[Vec<u8>], blocks: &[u8]) -> Vec<u8> {
    let tags = element(&[0x12, 0x54, 0xC3, 0x67], b"CANARY-TAGS");
    let info = element(&[0x15, 0x49, 0xA9, 0x66], b"CANARY-DATE");
    let tracks = element(&[0x16, 0x54, 0xAE, 0x6B], &tracks.concat());
    let cluster = live(
        &[0x1F, 0x43, 0xB6, 0x75],
        &[element(&[0xE7], &[0]), blocks.to_vec()].concat(),
    );
    [
        element(webm::MAGIC, &element(&[0x42, 0x82], doc_type)),
        live(
            &[0x18, 0x53, 0x80, 0x67],
            &[info, tags, tracks, cluster].concat(),
        ),
    ]
    .concat()
}

fn webm(packets: usize) -> Vec<u8> {
    webm_of(b"webm", &[track(2, b"A_OPUS")], &blocks(packets, 0x80))
}

fn packets_of(kept: &[u8]) -> Vec<Vec<u8>> {
    let read = ogg::read(kept).unwrap();
    read.packets.into_iter().map(Cow::into_owned).collect()
}

fn holds(kept: &[u8], word: &[u8]) -> bool {
    kept.windows(word.len()).any(|part| part == word)
}

#[test]
fn both_containers_are_kept_as_the_same_ogg() {
    let kept = clean(&ogg(300)).unwrap();
    assert_eq!(clean(&webm(300)).unwrap(), kept);
    let expected: Vec<Vec<u8>> = (0..300).map(|n| packet(n as u8)).collect();
    assert_eq!(packets_of(&kept), expected);
}

#[test]
fn the_checksum_is_the_one_of_the_standard() {
    // The first page of every Ogg file of these bytes has this sum: computed apart from this code.
    let page = &ogg(1)[..47];
    assert_eq!(&page[..6], b"OggS\0\x02");
    assert_eq!(page[22..26], reference_sum(page).to_le_bytes());
}

/// Bit by bit, as RFC 3533 words it.
fn reference_sum(page: &[u8]) -> u32 {
    let mut sum = 0_u32;
    for (at, byte) in page.iter().enumerate() {
        let byte = if (22..26).contains(&at) { 0 } else { *byte };
        for bit in (0..8).rev() {
            let carry = (sum >> 31) ^ u32::from(byte >> bit & 1);
            sum = (sum << 1) ^ (carry * 0x04C1_1DB7);
        }
    }
    sum
}

#[test]
fn three_minutes_are_the_most() {
    let minutes = |seconds: usize| clean(&ogg(seconds * 50)).map(drop);
    assert_eq!(minutes(180), Ok(()));
    assert_eq!(minutes(182), Ok(()));
    assert_eq!(minutes(183), Err(Unfit::TooLong));
    assert_eq!(clean(&webm(183 * 50)), Err(Unfit::TooLong));
}

#[test]
fn tags_and_what_follows_stay_behind() {
    let mut sent = ogg(10);
    sent.extend(b"CANARY-BEHIND<html>");
    assert!(!holds(&clean(&sent).unwrap(), b"CANARY"));
    assert!(holds(&webm(10), b"CANARY"));
    assert!(!holds(&clean(&webm(10)).unwrap(), b"CANARY"));
}

#[test]
fn what_is_no_opus_recording_is_refused() {
    let vorbis = webm_of(b"webm", &[track(2, b"A_VORBIS")], &blocks(5, 0x80));
    let video = webm_of(b"webm", &[track(1, b"V_VP8")], &blocks(5, 0x80));
    let both = [track(2, b"A_OPUS"), track(2, b"A_OPUS")];
    let two = webm_of(b"webm", &both, &blocks(5, 0x80));
    let matroska = webm_of(b"matroska", &[track(2, b"A_OPUS")], &blocks(5, 0x80));
    for sent in [
        vorbis,
        video,
        two,
        matroska,
        b"ID3\x04mp3".to_vec(),
        b"\0\0\0\x20ftypM4A ".to_vec(),
        b"<html>".to_vec(),
        b"RIFF\0\0\0\0WAVE".to_vec(),
        Vec::new(),
    ] {
        assert_eq!(clean(&sent), Err(Unfit::NotARecording));
    }
    let mut speex = ogg(5);
    speex.splice(28..36, *b"Speex   ");
    let sum = reference_sum(&speex[..47]);
    speex[22..26].copy_from_slice(&sum.to_le_bytes());
    assert_eq!(clean(&speex), Err(Unfit::NotARecording));
}

#[test]
fn what_was_cut_or_spoiled_is_refused() {
    let sent = ogg(300);
    for keep in [10, 46, 100, sent.len() / 2, sent.len() - 1] {
        assert_eq!(clean(&sent[..keep]), Err(Unfit::Damaged), "{keep}");
    }
    let mut spoiled = sent.clone();
    spoiled[200] ^= 1;
    assert_eq!(
        clean(&spoiled),
        Err(Unfit::Damaged),
        "a page that sums up otherwise"
    );
    let sent = webm(10);
    assert_eq!(clean(&sent[..sent.len() - 1]), Err(Unfit::Damaged));
    let laced = webm_of(b"webm", &[track(2, b"A_OPUS")], &blocks(5, 0x82));
    assert_eq!(clean(&laced), Err(Unfit::Damaged));
    let empty = webm_of(b"webm", &[track(2, b"A_OPUS")], &[]);
    assert_eq!(clean(&empty), Err(Unfit::Damaged));
}

#[test]
fn a_packet_says_how_long_it_plays() {
    for (packet, samples) in [
        (&[0b0000_0000][..], Some(480)),
        (&[0b0001_1000], Some(2880)),
        (&[0b0110_1000], Some(960)),
        (&[0b1000_0000], Some(120)),
        (&[0b1111_1001], Some(1920)),
        (&[0b1111_1011, 6], Some(5760)),
        (&[0b1111_1011, 7], None),
        (&[0b1111_1011, 0], None),
        (&[0b1111_1011], None),
        (&[], None),
    ] {
        assert_eq!(opus::samples(packet), samples, "{packet:?}");
    }
}

#[test]
fn five_thousand_spoiled_recordings_do_no_harm() {
    let mut chance = 0x1234_5678_u32;
    let mut next = move |below: usize| {
        chance ^= chance << 13;
        chance ^= chance >> 17;
        chance ^= chance << 5;
        chance as usize % below
    };
    for sent in [ogg(20), webm(20)] {
        for _ in 0..2500 {
            let mut spoiled = sent.clone();
            for _ in 0..=next(4) {
                let place = next(spoiled.len());
                spoiled[place] = next(256) as u8;
            }
            spoiled.truncate(next(sent.len()) + 1);
            if let Ok(kept) = clean(&spoiled) {
                assert!(!packets_of(&kept).is_empty());
            }
        }
    }
}
