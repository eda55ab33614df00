//! Photos: decoded under limits, made smaller, turned upright, written as a JPEG of pixels alone.

use std::io::Cursor;

use domain::attachment::Unfit;
use image::{
    DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits,
    codecs::jpeg::JpegEncoder, imageops::FilterType, metadata::Orientation,
};

/// Points on the long side of what is kept: a page of print can still be read.
const LONG_SIDE: u32 = 1280;
/// Points on a side of what is sent.
const MOST_A_SIDE: u32 = 12_000;
/// A progressive JPEG takes nine bytes a point while it is decoded: 225 MB at most.
const MOST_POINTS: u64 = 25_000_000;
/// Bytes of one decoded image.
const MOST_MEMORY: u64 = 128 * 1024 * 1024;
const QUALITY: u8 = 82;

pub fn clean(sent: &[u8]) -> Result<Vec<u8>, Unfit> {
    let format = format(sent)?;
    let mut reader = ImageReader::with_format(Cursor::new(sent), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_A_SIDE);
    limits.max_image_height = Some(MOST_A_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(unfit)?;
    check_size(&decoder)?;
    let upright = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder).map_err(unfit)?;
    // Smaller first: turning makes a copy.
    if image.width().max(image.height()) > LONG_SIDE {
        image = image.resize(LONG_SIDE, LONG_SIDE, FilterType::Triangle);
    }
    image.apply_orientation(upright);
    let mut kept = Vec::new();
    JpegEncoder::new_with_quality(&mut kept, QUALITY)
        .encode_image(&image.into_rgb8())
        .map_err(unfit)?;
    Ok(kept)
}

/// By the first bytes.
fn format(sent: &[u8]) -> Result<ImageFormat, Unfit> {
    match image::guess_format(sent) {
        // Without its end mark it was cut where it was made; a decoder would paint the rest grey.
        Ok(ImageFormat::Jpeg) if !has_end(sent) => Err(Unfit::Damaged),
        Ok(format @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) => Ok(format),
        _ if is_heic(sent) => Err(Unfit::Heic),
        _ => Err(Unfit::NotAnImage),
    }
}

/// Whether a JPEG's end mark follows its scans (ITU-T T.81, annex B). One within a segment is a preview's.
fn has_end(jpeg: &[u8]) -> bool {
    // Within a scan a byte of data, a restart or filling may follow FF.
    let is_mark = |two: &[u8]| two[0] == 0xFF && !matches!(two[1], 0 | 1 | 0xD0..=0xD8 | 0xFF);
    let mut rest = jpeg;
    while let Some(at) = rest.windows(2).position(is_mark) {
        rest = &rest[at + 1..];
        let length = match rest {
            [0xD9, ..] => return true,
            [_, high, low, ..] => usize::from(u16::from_be_bytes([*high, *low])),
            _ => return false,
        };
        rest = rest.get(1 + length..).unwrap_or_default();
    }
    false
}

/// An ISO media file (ISO/IEC 14496-12) whose brand is one of HEIF's (ISO/IEC 23008-12).
fn is_heic(sent: &[u8]) -> bool {
    sent.get(4..8) == Some(b"ftyp")
        && sent.get(8..12).is_some_and(|brand| {
            [
                &b"heic"[..],
                b"heix",
                b"hevc",
                b"heim",
                b"heis",
                b"mif1",
                b"msf1",
            ]
            .contains(&brand)
        })
}

fn check_size(decoder: &impl ImageDecoder) -> Result<(), Unfit> {
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(Unfit::Damaged);
    }
    let fits = width <= MOST_A_SIDE
        && height <= MOST_A_SIDE
        && u64::from(width) * u64::from(height) <= MOST_POINTS
        && decoder.total_bytes() <= MOST_MEMORY;
    if fits {
        Ok(())
    } else {
        Err(Unfit::TooManyPixels)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the end of many a map_err")]
fn unfit(error: ImageError) -> Unfit {
    match error {
        ImageError::Limits(_) => Unfit::TooManyPixels,
        _ => Unfit::Damaged,
    }
}

#[cfg(test)]
mod tests;
