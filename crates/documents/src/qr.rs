//! QR codes: a drawing for the PDF, a bitmap for the DOCX.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

use crate::PaperError;

/// Light border around a code, in modules: four are demanded by ISO/IEC 18004.
const QUIET: usize = 4;

/// Pixels of the bitmap per module: enough for 600 dots per inch at the printed size.
const SCALE: usize = 8;

/// A QR code ready to be drawn.
pub(crate) struct Code {
    width: usize,
    dark: Vec<bool>,
}

impl Code {
    /// Encodes the address; the middle level of correction survives a stamp over a corner.
    pub(crate) fn new(address: &str) -> Result<Self, PaperError> {
        let refused = || PaperError::RecordUrl(address.chars().take(120).collect());
        // Beyond 300 characters the modules at the printed size are smaller than a phone can tell apart.
        if address.trim().is_empty() || address.len() > 300 {
            return Err(refused());
        }
        let code = QrCode::with_error_correction_level(address, EcLevel::M).map_err(|_| refused())?;
        let dark = code.to_colors().iter().map(|color| *color == Color::Dark).collect();
        Ok(Self { width: code.width(), dark })
    }

    /// A drawing: one path, so that no hair lines appear between the modules.
    pub(crate) fn svg(&self) -> String {
        let side = self.width + 2 * QUIET;
        let mut path = String::new();
        for row in 0..self.width {
            for column in 0..self.width {
                if self.is_dark(row, column) {
                    // Writing into a String cannot fail.
                    let _ = write!(path, "M{} {}h1v1h-1z", column + QUIET, row + QUIET);
                }
            }
        }
        format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/><path fill="#000" d="{path}"/></svg>"##
        )
    }

    /// A bitmap in two colors.
    pub(crate) fn png(&self) -> Result<Vec<u8>, PaperError> {
        let side = (self.width + 2 * QUIET) * SCALE;
        let stride = side.div_ceil(8);
        let mut pixels = vec![0xff_u8; stride * side];
        for (y, line) in pixels.chunks_mut(stride).enumerate() {
            for x in 0..side {
                let row = (y / SCALE).checked_sub(QUIET);
                let column = (x / SCALE).checked_sub(QUIET);
                let dark = row.zip(column).is_some_and(|(row, column)| self.is_dark(row, column));
                if let (true, Some(byte)) = (dark, line.get_mut(x / 8)) {
                    *byte &= !(0x80 >> (x % 8));
                }
            }
        }
        let failed = |error: png::EncodingError| PaperError::Package(error.to_string());
        let mut bytes = Vec::new();
        let pixels_wide = u32::try_from(side).map_err(|error| PaperError::Package(error.to_string()))?;
        let mut encoder = png::Encoder::new(&mut bytes, pixels_wide, pixels_wide);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        let mut writer = encoder.write_header().map_err(failed)?;
        writer.write_image_data(&pixels).map_err(failed)?;
        writer.finish().map_err(failed)?;
        Ok(bytes)
    }

    fn is_dark(&self, row: usize, column: usize) -> bool {
        row < self.width
            && column < self.width
            && self.dark.get(row * self.width + column).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawing_and_bitmap_have_the_same_dark_modules() {
        let code = Code::new("https://example.org/record/1").unwrap();
        let dark = code.dark.iter().filter(|dark| **dark).count();
        assert_eq!(code.svg().matches("h1v1").count(), dark);

        let bytes = code.png().unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        let stride = info.line_size;
        let black: u32 =
            pixels.chunks(stride).map(|line| line.iter().map(|byte| byte.count_zeros()).sum::<u32>()).sum();
        // The side is a multiple of eight, so no padding bits are counted.
        assert_eq!(black as usize, dark * SCALE * SCALE);
    }

    #[test]
    fn an_empty_or_endless_address_is_refused() {
        assert!(matches!(Code::new(" "), Err(PaperError::RecordUrl(_))));
        assert!(matches!(Code::new(&"a".repeat(301)), Err(PaperError::RecordUrl(_))));
    }
}
