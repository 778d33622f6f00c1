//! A counter of XML markup that sees pieces as the parser of the library sees them, but keeps none.

const NAME_BYTES: usize = 64;

/// Why a part must not reach the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// `<!DOCTYPE` or `<!ENTITY`.
    TypeDefinition,
    /// A tag, a comment or a whole cell that the parser would keep in memory is too long.
    LongPiece,
    /// UTF-16 and the like, where bytes are not letters.
    Encoding,
    /// A sheet in a part that is not called XML.
    Disguised,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Text,
    /// Inside `<…>`; the quote that is open, or 0.
    Tag(u8),
    /// `<!--`, ended by `-->`.
    Comment,
    /// `<![CDATA[`, ended by `]]>`.
    Data,
}

/// Counts while bytes are fed in chunks of any size.
pub(super) struct Markup {
    binary: bool,
    longest: u64,
    state: State,
    /// The first bytes of the tag.
    head: [u8; NAME_BYTES],
    head_len: usize,
    last: u8,
    /// The last bytes seen: ends of comments, and `sheetData` in binary parts.
    tail: [u8; 16],
    /// The length of the tag, comment or text so far.
    piece: u64,
    /// Between `<c>` and `</c>` or `<si>` and `</si>`, and the bytes since its beginning.
    inside: bool,
    span: u64,
    pub(super) tags: u64,
    pub(super) cells: u64,
    pub(super) shared_strings: u64,
    /// The biggest number of texts declared: the library reserves memory for it at once.
    pub(super) declared_strings: u64,
}

impl Markup {
    pub(super) fn new(binary: bool, longest: u64) -> Self {
        Self {
            binary,
            longest,
            state: State::Text,
            head: [0; NAME_BYTES],
            head_len: 0,
            last: 0,
            tail: [0; 16],
            piece: 0,
            inside: false,
            span: 0,
            tags: 0,
            cells: 0,
            shared_strings: 0,
            declared_strings: 0,
        }
    }

    pub(super) fn feed(&mut self, bytes: &[u8]) -> Result<(), Trouble> {
        if self.binary {
            return bytes.iter().try_for_each(|byte| self.binary_byte(*byte));
        }
        let mut rest = bytes;
        while let [byte, after @ ..] = rest {
            if self.state == State::Text && *byte != b'<' {
                let run = rest.iter().position(|byte| *byte == b'<').unwrap_or(rest.len());
                if rest[..run].contains(&0) {
                    return Err(Trouble::Encoding);
                }
                self.grow(run as u64)?;
                rest = &rest[run..];
                continue;
            }
            self.markup_byte(*byte)?;
            rest = after;
        }
        Ok(())
    }

    /// A relation may name a sheet anything; the parser would then read a part nobody has counted.
    fn binary_byte(&mut self, byte: u8) -> Result<(), Trouble> {
        self.tail.rotate_left(1);
        self.tail[15] = byte;
        let marks: [&[u8]; 4] = [b"sheetData", b"t\0D\0a\0t\0a", b"<sst", b"<\0s\0s\0t"];
        let found = matches!(byte, b'a' | b't') && marks.iter().any(|mark| self.tail.ends_with(mark));
        if found { Err(Trouble::Disguised) } else { Ok(()) }
    }

    fn grow(&mut self, bytes: u64) -> Result<(), Trouble> {
        self.piece += bytes;
        self.span += bytes;
        // Inside cells and texts the library joins pieces, so there the whole span counts.
        if self.piece > self.longest || (self.inside && self.span > self.longest) {
            return Err(Trouble::LongPiece);
        }
        Ok(())
    }

    fn markup_byte(&mut self, byte: u8) -> Result<(), Trouble> {
        if byte == 0 {
            return Err(Trouble::Encoding);
        }
        self.grow(1)?;
        match self.state {
            State::Text => {
                self.state = State::Tag(0);
                self.head_len = 0;
                self.piece = 1;
            }
            State::Comment => self.end_at(byte, *b"-->"),
            State::Data => self.end_at(byte, *b"]]>"),
            State::Tag(0) if byte == b'>' => {
                self.close_tag();
                self.state = State::Text;
                self.piece = 0;
            }
            State::Tag(quote) => {
                self.keep(byte)?;
                self.state = match (quote, byte) {
                    (0, b'"' | b'\'') => State::Tag(byte),
                    (open, _) if open == byte && open != 0 => State::Tag(0),
                    _ => self.state,
                };
                self.special()?;
            }
        }
        Ok(())
    }

    fn keep(&mut self, byte: u8) -> Result<(), Trouble> {
        self.last = byte;
        if self.head_len < NAME_BYTES {
            self.head[self.head_len] = byte;
            self.head_len += 1;
            return Ok(());
        }
        if !self.head.iter().any(|byte| byte.is_ascii_whitespace() || *byte == b'/') {
            return Err(Trouble::LongPiece);
        }
        // The count of texts may stand far from the name of its tag, so the end of this tag is kept as well.
        if local_name(&self.head) == b"sst" {
            self.head[..4].copy_from_slice(b"sst ");
            self.head.copy_within(5.., 4);
            self.head[NAME_BYTES - 1] = byte;
        }
        Ok(())
    }

    fn special(&mut self) -> Result<(), Trouble> {
        let head = &self.head[..self.head_len];
        if head == b"!--" {
            self.state = State::Comment;
            self.tail = [0; 16];
        } else if head == b"![CDATA[" {
            self.state = State::Data;
            self.tail = [0; 16];
        } else if head.eq_ignore_ascii_case(b"!doctype") || head.eq_ignore_ascii_case(b"!entity") {
            return Err(Trouble::TypeDefinition);
        }
        self.note_count();
        Ok(())
    }

    /// Reads `uniqueCount="…"` of `<sst` as soon as its quote closes.
    fn note_count(&mut self) {
        let head = &self.head[..self.head_len];
        if !matches!(head.last(), Some(b'"' | b'\'')) || !local_name(head).starts_with(b"sst") {
            return;
        }
        let Some(equals) = head.iter().rposition(|byte| *byte == b'=') else { return };
        let digits = head[equals..].iter().filter(|byte| byte.is_ascii_digit());
        let number =
            digits.fold(0_u64, |sum, digit| sum.saturating_mul(10).saturating_add(u64::from(digit - b'0')));
        self.declared_strings = self.declared_strings.max(number);
    }

    fn end_at(&mut self, byte: u8, end: [u8; 3]) {
        self.tail.rotate_left(1);
        self.tail[15] = byte;
        if self.tail.ends_with(&end) {
            self.state = State::Text;
            self.piece = 0;
        }
    }

    fn close_tag(&mut self) {
        self.tags += 1;
        let head = &self.head[..self.head_len];
        let (closing, head) = head.strip_prefix(b"/").map_or((false, head), |head| (true, head));
        let opened = u64::from(!closing);
        match local_name(head) {
            b"c" => self.cells += opened,
            b"si" => self.shared_strings += opened,
            _ => return,
        }
        self.inside = !closing && self.last != b'/';
        self.span = 0;
    }
}

/// `x:row r="1"` → `row`.
fn local_name(head: &[u8]) -> &[u8] {
    let end = head.iter().position(|byte| byte.is_ascii_whitespace() || *byte == b'/').unwrap_or(head.len());
    let name = &head[..end];
    name.iter().rposition(|byte| *byte == b':').map_or(name, |colon| &name[colon + 1..])
}
