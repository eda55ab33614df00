//! QR codes as SVG paths.

use qrcode::{Color, EcLevel, QrCode};

/// Light modules around the code, without which scanners do not find it (ISO/IEC 18004).
const QUIET: usize = 4;

/// The dark modules as a path, one unit a module, and the modules along one side with the quiet
/// zone. `None` when the text is too long for any code.
pub fn drawn(text: &str) -> Option<(String, u32)> {
    path_of(&QrCode::new(text).ok()?)
}

/// As [`drawn`], with as few modules as the text takes: for a screen, on which nothing is torn or stained.
pub fn drawn_tight(text: &str) -> Option<(String, u32)> {
    path_of(&QrCode::with_error_correction_level(text, EcLevel::L).ok()?)
}

fn path_of(code: &QrCode) -> Option<(String, u32)> {
    let width = code.width();
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        let mut x = 0;
        while x < width {
            let dark = row[x..]
                .iter()
                .take_while(|color| **color == Color::Dark)
                .count();
            if dark > 0 {
                path.push_str(&format!("M{} {}h{dark}v1h-{dark}z", x + QUIET, y + QUIET));
            }
            x += dark.max(1);
        }
    }
    let size = u32::try_from(width + 2 * QUIET).ok()?;
    Some((path, size))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_starts_with_its_finder_after_the_quiet_zone() {
        let (path, size) = drawn("huiyin").unwrap();
        assert!(path.starts_with("M4 4h7v1h-7z"), "{path}");
        assert_eq!(size, 21 + 8);
        assert_eq!(drawn(&"x".repeat(8000)), None);
    }

    #[test]
    fn a_part_of_a_letter_is_a_code_a_phone_reads_from_a_screen() {
        let address = "https://huiyin.example.gov.cn/330726/en/carry#";
        let part = "0123456789AB.16.16.";
        let piece = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".repeat(25);
        assert_eq!(piece.len(), sync::carry::PIECE);
        let (_, size) = drawn_tight(&format!("{address}{part}{piece}")).unwrap();
        assert!(size <= 85 + 8, "{size}");
    }
}
