//! Ratios of pairs, and how sure one can be of their median.

use std::fmt;

/// The median of ratios with its 95 % interval.
#[derive(Clone, Copy, Debug)]
pub struct Ratio {
    pub low: f64,
    pub median: f64,
    pub high: f64,
    pub pairs: usize,
}

/// Enough that the ends of the interval no longer move.
const RESAMPLES: usize = 4000;

impl Ratio {
    /// From pairs measured beside each other, by the bootstrap.
    pub fn of(pairs: &[(f64, f64)]) -> Self {
        let ratios: Vec<f64> = pairs.iter().map(|(ours, theirs)| ours / theirs).collect();
        // The same sequence each time: the interval is a figure of the data, not of luck.
        let mut state = 0x2545_F491_4F6C_DD1D_u64;
        let mut roll = |below: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state % below as u64) as usize
        };
        let medians: Vec<f64> = (0..RESAMPLES)
            .map(|_| {
                let drawn = (0..ratios.len()).map(|_| ratios[roll(ratios.len())]);
                median(drawn.collect())
            })
            .collect();
        let mut sorted = medians;
        sorted.sort_by(f64::total_cmp);
        Self {
            low: sorted[RESAMPLES / 40],
            median: median(ratios),
            high: sorted[RESAMPLES - 1 - RESAMPLES / 40],
            pairs: pairs.len(),
        }
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            low,
            median,
            high,
            pairs,
        } = self;
        write!(f, "{median:.2} ({low:.2}–{high:.2}, {pairs} pairs)")
    }
}

pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => 0.0,
        even if even % 2 == 0 => f64::midpoint(values[middle - 1], values[middle]),
        _ => values[middle],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_holds_the_median() {
        let ratio = Ratio::of(&[(2.0, 1.0), (3.0, 1.0), (8.0, 2.0), (9.0, 2.0)]);
        assert_eq!(ratio.median, 3.5);
        assert!(ratio.low <= 3.5 && ratio.high >= 3.5 && ratio.low >= 2.0);
    }
}
