//! QR codes as SVG paths.

/// Light modules around the code, without which scanners do not find it (ISO/IEC 18004).
const QUIET: usize = 4;

/// The dark modules as a path, one unit a module, and the modules along one side with the quiet
/// zone. `None` when the text is too long for any code.
pub fn drawn(text: &str) -> Option<(String, u32)> {
    let code = qrcode::QrCode::new(text).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        let mut x = 0;
        while x < width {
            let dark = row[x..]
                .iter()
                .take_while(|color| **color == qrcode::Color::Dark)
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
    use super::drawn;

    #[test]
    fn a_code_starts_with_its_finder_after_the_quiet_zone() {
        let (path, size) = drawn("huiyin").unwrap();
        assert!(path.starts_with("M4 4h7v1h-7z"), "{path}");
        assert_eq!(size, 21 + 8);
        assert_eq!(drawn(&"x".repeat(8000)), None);
    }
}
