use std::io::Write as _;

use image::{Rgb, RgbImage, codecs::png::PngEncoder, codecs::webp::WebPEncoder};

use super::*;

/// Left half red, right half blue.
fn picture(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| match x < width / 2 {
        true => Rgb([250, 10, 10]),
        false => Rgb([10, 10, 250]),
    })
}

fn jpeg(image: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 90)
        .encode_image(image)
        .unwrap();
    bytes
}

fn png(image: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    image
        .write_with_encoder(PngEncoder::new(&mut bytes))
        .unwrap();
    bytes
}

/// An EXIF segment with an orientation, a maker and a place.
fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"MM\0\x2A\0\0\0\x08\0\x03".to_vec();
    // Make, at 50.
    tiff.extend([0x01, 0x0F, 0, 2, 0, 0, 0, 16, 0, 0, 0, 50]);
    tiff.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    // The GPS directory, at 66: latitude reference.
    tiff.extend([0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 66]);
    tiff.extend([0; 4]);
    assert_eq!(tiff.len(), 50);
    tiff.extend(b"CANARY-MAKER-01\0");
    tiff.extend([0, 1, 0, 1, 0, 2, 0, 0, 0, 2, b'N', 0, 0, 0, 0, 0, 0, 0]);
    let mut segment = b"Exif\0\0".to_vec();
    segment.extend(tiff);
    segment
}

/// A JPEG with further segments after its start mark.
fn with_segments(jpeg: &[u8], segments: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = jpeg[..2].to_vec();
    for (marker, content) in segments {
        bytes.extend([0xFF, *marker]);
        bytes.extend(u16::try_from(content.len() + 2).unwrap().to_be_bytes());
        bytes.extend(content);
    }
    bytes.extend(&jpeg[2..]);
    bytes
}

fn read(kept: &[u8]) -> RgbImage {
    let image = image::load_from_memory_with_format(kept, ImageFormat::Jpeg);
    image.unwrap().into_rgb8()
}

fn holds(kept: &[u8], word: &[u8]) -> bool {
    kept.windows(word.len()).any(|part| part == word)
}

/// A red left half.
fn is_red(image: &RgbImage, x: u32, y: u32) -> bool {
    let Rgb([red, _, blue]) = *image.get_pixel(x, y);
    red > 200 && blue < 60
}

#[test]
fn a_photo_of_each_format_is_kept_as_jpeg() {
    let picture = picture(64, 48);
    let mut webp = Vec::new();
    picture
        .write_with_encoder(WebPEncoder::new_lossless(&mut webp))
        .unwrap();
    for sent in [jpeg(&picture), png(&picture), webp] {
        let kept = clean(&sent).unwrap();
        assert!(kept.starts_with(&[0xFF, 0xD8, 0xFF]));
        let read = read(&kept);
        assert_eq!(read.dimensions(), (64, 48));
        assert!(is_red(&read, 5, 5) && !is_red(&read, 60, 5));
    }
}

#[test]
fn what_is_large_becomes_1280_points_long() {
    let kept = clean(&jpeg(&picture(2000, 1500))).unwrap();
    assert_eq!(read(&kept).dimensions(), (1280, 960));
    let kept = clean(&jpeg(&picture(450, 1300))).unwrap();
    assert_eq!(read(&kept).dimensions(), (443, 1280));
}

#[test]
fn nothing_but_pixels_stays() {
    let sent = with_segments(
        &jpeg(&picture(64, 48)),
        &[
            (0xE1, exif(1)),
            (0xE1, b"http://ns.adobe.com/xap/1.0/\0CANARY-XMP".to_vec()),
            (0xE2, b"ICC_PROFILE\0\x01\x01CANARY-ICC".to_vec()),
            (0xED, b"Photoshop 3.0\0CANARY-IPTC".to_vec()),
            (0xFE, b"CANARY-COMMENT".to_vec()),
        ],
    );
    let sent = [sent, b"CANARY-BEHIND".to_vec()].concat();
    let kept = clean(&sent).unwrap();
    for word in [
        &b"CANARY"[..],
        b"Exif",
        b"GPS",
        b"http:",
        b"ICC_PROFILE",
        b"Photoshop",
    ] {
        assert!(holds(&sent, word) || word == b"GPS");
        assert!(!holds(&kept, word), "{}", String::from_utf8_lossy(word));
    }
    // Markers after the start: JFIF, tables, frame, scan, and none that holds texts.
    assert!(
        !kept
            .windows(2)
            .any(|two| two == [0xFF, 0xE1] || two == [0xFF, 0xFE])
    );
}

#[test]
fn a_photo_taken_upright_is_kept_upright() {
    for (orientation, size, left_is_red) in [
        (1, (64, 48), true),
        (3, (64, 48), false),
        // Turned: red is above.
        (6, (48, 64), true),
        (8, (48, 64), false),
    ] {
        let sent = with_segments(&jpeg(&picture(64, 48)), &[(0xE1, exif(orientation))]);
        let kept = read(&clean(&sent).unwrap());
        assert_eq!(kept.dimensions(), size, "orientation {orientation}");
        assert_eq!(
            is_red(&kept, 3, 3),
            left_is_red,
            "orientation {orientation}"
        );
    }
}

#[test]
fn what_is_no_photo_is_refused() {
    let zip = b"PK\x03\x04rest of a zip".to_vec();
    let gif = b"GIF89a\x01\0\x01\0\0\0\0;".to_vec();
    let bmp = [b"BM".to_vec(), vec![0; 60]].concat();
    let tiff = [b"II\x2A\0".to_vec(), vec![0; 60]].concat();
    let avif = b"\0\0\0\x20ftypavif\0\0\0\0avifmif1".to_vec();
    for sent in [
        b"<html><script>alert(1)</script>".to_vec(),
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec(),
        b"%PDF-1.7".to_vec(),
        b"RIFF\x10\0\0\0WAVEfmt ".to_vec(),
        zip,
        gif,
        bmp,
        tiff,
        avif,
        Vec::new(),
        vec![0; 5000],
    ] {
        let name = String::from_utf8_lossy(&sent[..sent.len().min(8)]).into_owned();
        assert_eq!(clean(&sent), Err(Unfit::NotAnImage), "{name}");
    }
}

#[test]
fn a_heic_photo_is_told_from_other_files() {
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
    assert_eq!(clean(heic), Err(Unfit::Heic));
    assert_eq!(
        clean(b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic"),
        Err(Unfit::Heic)
    );
}

#[test]
fn a_file_that_is_two_things_is_kept_as_one() {
    let photo = jpeg(&picture(64, 48));
    let zip = b"PK\x03\x04CANARY-ZIP PK\x05\x06";
    let html = b"<script>CANARY-HTML</script>";
    for tail in [&zip[..], html, b"%PDF-1.7 CANARY", b"<?php CANARY ?>"] {
        let behind = [&photo, tail].concat();
        let inside = with_segments(&photo, &[(0xFE, tail.to_vec())]);
        for sent in [behind, inside] {
            let kept = clean(&sent).unwrap();
            assert!(!holds(&kept, b"CANARY") && !holds(&kept, b"PK\x03\x04"));
        }
    }
}

/// A PNG that is right but for the size it claims.
fn png_of(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = png(&picture(8, 8));
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = crc32(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&sum.to_be_bytes());
    bytes
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg())
        })
    })
}

#[test]
fn a_bomb_is_refused_by_what_it_claims() {
    for (width, height) in [
        (30_000, 30_000),
        (12_001, 1),
        (1, 12_001),
        (12_000, 12_000),
        (6_000, 6_000),
    ] {
        let refused = clean(&png_of(width, height)).map(|kept| kept.len());
        assert_eq!(refused, Err(Unfit::TooManyPixels), "{width}×{height}");
    }
    assert!(clean(&png_of(u32::MAX >> 1, u32::MAX >> 1)).is_err());
    let mut photo = jpeg(&picture(64, 48));
    let frame = photo
        .windows(2)
        .position(|two| two == [0xFF, 0xC0])
        .unwrap();
    photo[frame + 5..frame + 9].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0xFF]);
    assert_eq!(clean(&photo), Err(Unfit::TooManyPixels));
}

#[test]
fn a_text_that_unpacks_to_much_is_no_part_of_what_is_kept() {
    // A PNG's compressed text of 200 MB of zeros.
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    let zeros = vec![0; 1024 * 1024];
    for _ in 0..200 {
        packed.write_all(&zeros).unwrap();
    }
    let text = [b"Comment\0\0".to_vec(), packed.finish().unwrap()].concat();
    let mut chunk = b"zTXt".to_vec();
    chunk.extend(&text);
    let mut bytes = png(&picture(8, 8));
    let mut inserted = u32::try_from(text.len()).unwrap().to_be_bytes().to_vec();
    inserted.extend(&chunk);
    inserted.extend(crc32(&chunk).to_be_bytes());
    bytes.splice(33..33, inserted);
    // Kept without it or refused: both are right.
    if let Ok(kept) = clean(&bytes) {
        assert!(kept.len() < 10_000);
    }
}

#[test]
fn a_photo_that_was_cut_is_refused() {
    let picture = RgbImage::from_fn(200, 150, |x, y| {
        let noise = (x * 7919 + y * 104_729) % 251;
        Rgb([noise as u8, (noise * 3 % 251) as u8, 90])
    });
    let preview = [b"Exif\0\0".to_vec(), jpeg(&RgbImage::new(16, 12))].concat();
    let with_preview = with_segments(&jpeg(&picture), &[(0xE1, preview)]);
    assert!(clean(&with_preview).is_ok());
    for sent in [jpeg(&picture), with_preview, png(&picture)] {
        for keep in [3, 20, sent.len() / 3, sent.len() / 2, sent.len() - 30] {
            let cut = clean(&sent[..keep]).map(|kept| kept.len());
            let expected = [Err(Unfit::Damaged), Err(Unfit::NotAnImage)];
            assert!(expected.contains(&cut), "{keep} of {}: {cut:?}", sent.len());
        }
    }
}

/// Whatever is sent: an answer, soon, and never more than a photo.
#[test]
fn a_thousand_spoiled_photos_do_no_harm() {
    let picture = picture(120, 90);
    let mut webp = Vec::new();
    picture
        .write_with_encoder(WebPEncoder::new_lossless(&mut webp))
        .unwrap();
    let mut chance = 0x9E37_79B9_u32;
    let mut next = move |below: usize| {
        chance ^= chance << 13;
        chance ^= chance >> 17;
        chance ^= chance << 5;
        chance as usize % below
    };
    for sent in [jpeg(&picture), png(&picture), webp] {
        for _ in 0..334 {
            let mut spoiled = sent.clone();
            for _ in 0..=next(8) {
                let place = next(spoiled.len());
                spoiled[place] = next(256) as u8;
            }
            if next(4) == 0 {
                spoiled.truncate(next(sent.len()));
            }
            if let Ok(kept) = clean(&spoiled) {
                let (width, height) = read(&kept).dimensions();
                assert!(width <= LONG_SIDE && height <= LONG_SIDE);
            }
        }
    }
}
