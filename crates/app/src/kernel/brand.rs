//! The municipality's color, made safe to read and handed to the styles as variables.
//!
//! A strict content policy forbids `style=` in pages, so the color travels as a tiny style sheet of its own:
//! `GET /brand.css?color=17594a`. The color stands in the address, therefore the answer may be cached forever.

/// The color of the product itself (pine), used until a municipality names its own.
pub const DEFAULT_COLOR: &str = "#17594a";

/// Least contrast of text against its ground: WCAG 2.1, 1.4.3, level AA.
const LEAST_CONTRAST: f64 = 4.5;

const WHITE: Rgb = Rgb { red: 255, green: 255, blue: 255 };
const BLACK: Rgb = Rgb { red: 0, green: 0, blue: 0 };

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Rgb {
    red: u8,
    green: u8,
    blue: u8,
}

/// The style sheet with the variables of one municipality. A color that cannot be read gives the default one;
/// one too pale to read is darkened until text in it has a contrast of 4.5:1 on white and on its own tint.
pub fn brand_css(color: &str) -> String {
    let main = legible(Rgb::parse(color).unwrap_or(Rgb { red: 0x17, green: 0x59, blue: 0x4a }));
    let strong = main.mixed(BLACK, 0.25);
    let soft = main.mixed(WHITE, 0.92);
    format!(":root{{--brand:{};--brand-strong:{};--brand-soft:{}}}\n", main.hex(), strong.hex(), soft.hex())
}

/// Darkens step by step. Ends always: black on white has a contrast of 21:1.
fn legible(mut color: Rgb) -> Rgb {
    while contrast(color, color.mixed(WHITE, 0.92)) < LEAST_CONTRAST {
        color = color.mixed(BLACK, 0.06);
    }
    color
}

/// Contrast ratio of two colors, from 1 to 21 (WCAG 2.1).
fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (one.luminance(), other.luminance());
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

impl Rgb {
    /// `#rrggbb` or `rrggbb`.
    fn parse(text: &str) -> Option<Self> {
        let hex = text.trim().trim_start_matches('#');
        if hex.len() != 6 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let part = |from: usize| u8::from_str_radix(hex.get(from..from + 2)?, 16).ok();
        Some(Self { red: part(0)?, green: part(2)?, blue: part(4)? })
    }

    fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }

    /// This color with `share` (0 to 1) of another one mixed in. Rounds down towards dark, so that darkening
    /// never stands still.
    fn mixed(self, other: Self, share: f64) -> Self {
        Self {
            red: mix(self.red, other.red, share),
            green: mix(self.green, other.green, share),
            blue: mix(self.blue, other.blue, share),
        }
    }

    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a mean of two bytes is a byte")]
fn mix(one: u8, other: u8, share: f64) -> u8 {
    (f64::from(one) * (1.0 - share) + f64::from(other) * share).floor() as u8
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn variable(css: &str, name: &str) -> Rgb {
        let start = css.find(&format!("{name}:")).unwrap() + name.len() + 1;
        Rgb::parse(&css[start..start + 7]).unwrap()
    }

    #[test]
    fn a_dark_color_stays_as_given() {
        assert!(brand_css("#17594a").contains("--brand:#17594a;"));
        assert!(brand_css("17594A").contains("--brand:#17594a;"));
    }

    #[test]
    fn what_is_not_a_color_cannot_enter_the_style_sheet() {
        for nasty in ["", "red", "#12", "#gggggg", "#17594a}body{display:none", "url(x)", "ффф"] {
            assert_eq!(brand_css(nasty), brand_css(DEFAULT_COLOR), "{nasty}");
        }
    }

    proptest! {
        #[test]
        fn any_color_ends_legible(red: u8, green: u8, blue: u8) {
            let css = brand_css(&Rgb { red, green, blue }.hex());
            let (main, soft) = (variable(&css, "--brand"), variable(&css, "--brand-soft"));
            prop_assert!(contrast(main, WHITE) >= LEAST_CONTRAST);
            prop_assert!(contrast(main, soft) >= LEAST_CONTRAST);
            prop_assert!(contrast(variable(&css, "--brand-strong"), WHITE) >= LEAST_CONTRAST);
        }
    }
}
