//! Links to the map services, each in its own datum: GCJ-02 for Amap and Tencent, BD-09 for Baidu.

use domain::visit::{GeoPoint, Venue};

/// Latitude and longitude in degrees.
type Degrees = (f64, f64);

/// The addresses at Amap, Baidu and Tencent.
pub(super) fn links(venue: &Venue) -> Option<[String; 3]> {
    let (latitude, longitude) = gcj02(degrees(venue.point?));
    let (baidu_latitude, baidu_longitude) = bd09((latitude, longitude));
    let name = encoded(venue.name.as_str());
    Some([
        format!(
            "https://uri.amap.com/marker?position={longitude:.6},{latitude:.6}&name={name}&coordinate=gaode"
        ),
        format!(
            "https://api.map.baidu.com/marker?location={baidu_latitude:.6},{baidu_longitude:.6}&title={name}&content={name}&coord_type=bd09ll&output=html&src=huiyin"
        ),
        format!(
            "https://apis.map.qq.com/uri/v1/marker?marker=coord:{latitude:.6},{longitude:.6};title:{name}&referer=huiyin"
        ),
    ])
}

fn degrees(point: GeoPoint) -> Degrees {
    (
        f64::from(point.latitude_e6) / 1e6,
        f64::from(point.longitude_e6) / 1e6,
    )
}

/// WGS-84 to GCJ-02, by the published approximation (error below two metres).
fn gcj02((latitude, longitude): Degrees) -> Degrees {
    use std::f64::consts::PI;
    /// Krasovsky 1940: semi-major axis in metres and first eccentricity squared.
    const AXIS: f64 = 6_378_245.0;
    const ECCENTRICITY: f64 = 0.006_693_421_622_965_943;
    let (x, y) = (longitude - 105.0, latitude - 35.0);
    let waves = |value: f64, long: f64| {
        20.0 * (value * PI).sin()
            + 40.0 * (value / 3.0 * PI).sin()
            + long * (value / 12.0 * PI).sin()
    };
    let ripple = (20.0 * (6.0 * x * PI).sin() + 20.0 * (2.0 * x * PI).sin()) * 2.0 / 3.0;
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * x.abs().sqrt()
        + ripple
        + (waves(y, 160.0) + 320.0 * (y / 30.0 * PI).sin()) * 2.0 / 3.0;
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * x.abs().sqrt()
        + ripple
        + (waves(x, 150.0) + 300.0 * (x / 30.0 * PI).sin()) * 2.0 / 3.0;
    let radians = latitude / 180.0 * PI;
    let magic = 1.0 - ECCENTRICITY * radians.sin().powi(2);
    let meridian = AXIS * (1.0 - ECCENTRICITY) / (magic * magic.sqrt());
    let parallel = AXIS / magic.sqrt() * radians.cos();
    (
        latitude + north * 180.0 / (meridian * PI),
        longitude + east * 180.0 / (parallel * PI),
    )
}

/// GCJ-02 to BD-09.
fn bd09((latitude, longitude): Degrees) -> Degrees {
    const TURN: f64 = std::f64::consts::PI * 3000.0 / 180.0;
    let radius = longitude.hypot(latitude) + 0.000_02 * (latitude * TURN).sin();
    let angle = latitude.atan2(longitude) + 0.000_003 * (longitude * TURN).cos();
    (radius * angle.sin() + 0.006, radius * angle.cos() + 0.0065)
}

/// Percent-encoded for a query.
fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: Degrees, expected: Degrees) {
        let off = (found.0 - expected.0)
            .abs()
            .max((found.1 - expected.1).abs());
        assert!(off < 2e-6, "{found:?} is not {expected:?}");
    }

    // The first pairs are those of the eviltransform tests, the last of each that of coordtransform.
    #[test]
    fn wgs84_becomes_gcj02() {
        near(
            gcj02((31.177_427_6, 121.527_210_6)),
            (31.175_304, 121.531_542),
        );
        near(gcj02((39.911_954, 116.377_817)), (39.913_345, 116.384_047));
        near(gcj02((39.915, 116.404)), (39.916_404, 116.410_244));
    }

    #[test]
    fn gcj02_becomes_bd09() {
        near(bd09((39.915, 116.404)), (39.921_337, 116.410_369));
    }
}
