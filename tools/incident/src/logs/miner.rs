//! The miner: lines in, templates out, in bounded memory.

use std::{cmp::Reverse, collections::HashMap, hash::Hasher};

use rustc_hash::{FxBuildHasher, FxHashMap, FxHasher};

use super::{
    clean::clean,
    cluster::{Piece, cluster},
    columns::Words,
    mask::{Masked, mask},
    settings::MinerSettings,
    template::{Template, Weak, collapse, id_of, masked_text, render},
};

/// The number of a masked line: [`Mined::template_of`] says which template it became.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shape(u32);

/// What the miner cut or did not keep.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Lines longer than the bound: their start was read.
    pub cut_lines: u64,
    /// Lines with escape sequences, control, bidi or invisible characters, which were taken out.
    pub neutralised_lines: u64,
    /// Lines without any text.
    pub empty_lines: u64,
    /// Lines whose template is not kept, because there are too many.
    pub lines_without_template: u64,
    /// How often distinct lines were put together before the end; from the first time on, order may matter.
    pub compactions: u32,
}

const NONE: u32 = u32::MAX;

/// A distinct masked line.
#[derive(Debug)]
struct Held {
    id: u32,
    text: Box<[u8]>,
    weak: Vec<Weak>,
    lines: u64,
    /// Lines with other numbers of words are in it.
    is_collapsed: bool,
}

/// Finds templates of log lines.
///
/// Without compactions (fewer distinct masked lines than `settings.shapes`) templates and ids depend on the set of lines
/// and their counts alone, not on their order.
#[derive(Debug)]
pub struct LogMiner {
    settings: MinerSettings,
    masked: Masked,
    held: Vec<Held>,
    by_hash: FxHashMap<u64, u32>,
    /// For each shape the shape that it became, itself while it is held.
    parents: Vec<u32>,
    left_out: LeftOut,
}

impl LogMiner {
    /// A miner that has read nothing.
    #[must_use]
    pub fn new(settings: MinerSettings) -> Self {
        Self {
            settings,
            masked: Masked::default(),
            held: Vec::new(),
            by_hash: HashMap::with_hasher(FxBuildHasher),
            parents: Vec::new(),
            left_out: LeftOut::default(),
        }
    }

    /// Reads one record: a line, or several that belong together (a stack trace).
    pub fn add(&mut self, record: &[u8]) -> Shape {
        let cleaned = clean(record, self.settings.line_bytes);
        self.left_out.cut_lines += u64::from(cleaned.is_cut);
        self.left_out.neutralised_lines += u64::from(cleaned.is_neutralised);
        mask(&cleaned.line, &mut self.masked);
        if let Some(exception) = cleaned.exception {
            self.masked.text.extend_from_slice(" \u{21b5} ".as_bytes());
            self.masked.text.extend_from_slice(exception);
        }
        self.left_out.empty_lines += u64::from(self.masked.text.is_empty());
        let mut hash = hash_of(&self.masked.text);
        while let Some(place) = self.by_hash.get(&hash) {
            let Some(held) = self.held.get_mut(*place as usize) else { break };
            if *held.text == *self.masked.text {
                held.lines += 1;
                for (weak, (start, end)) in held.weak.iter_mut().zip(&self.masked.weak) {
                    weak.see(cleaned.line.get(*start..*end).unwrap_or_default());
                }
                return Shape(held.id);
            }
            hash = hash.wrapping_add(1);
        }
        self.hold(&cleaned.line)
    }

    fn hold(&mut self, line: &[u8]) -> Shape {
        if self.parents.len() >= self.settings.shapes_ever {
            self.left_out.lines_without_template += 1;
            return Shape(NONE);
        }
        if self.held.len() >= self.settings.shapes {
            self.compact();
        }
        let id = u32::try_from(self.parents.len()).unwrap_or(NONE);
        self.parents.push(id);
        let weak = self.masked.weak.iter().map(|(start, end)| Weak {
            text: line.get(*start..*end).unwrap_or_default().into(),
            is_varied: false,
        });
        let held = Held {
            id,
            text: self.masked.text.as_slice().into(),
            weak: weak.collect(),
            lines: 1,
            is_collapsed: false,
        };
        self.keep(held);
        Shape(id)
    }

    fn keep(&mut self, held: Held) {
        let mut hash = hash_of(&held.text);
        while self.by_hash.contains_key(&hash) {
            hash = hash.wrapping_add(1);
        }
        self.by_hash.insert(hash, u32::try_from(self.held.len()).unwrap_or(NONE));
        self.held.push(held);
    }

    // Puts what is held together, and lets go of the rarest when that does not make room.
    fn compact(&mut self) {
        self.left_out.compactions += 1;
        let (mut pieces, words) = self.pieces();
        pieces.sort_by_key(|piece| Reverse(piece.lines));
        let room = self.settings.shapes / 2;
        self.by_hash.clear();
        for (rank, mut piece) in pieces.into_iter().enumerate() {
            piece.members.sort_unstable();
            let id =
                if rank < room { piece.members.first().copied().unwrap_or(NONE) } else { NONE };
            for member in &piece.members {
                if let Some(parent) = self.parents.get_mut(*member as usize) {
                    *parent = id;
                }
            }
            if id == NONE {
                self.left_out.lines_without_template += piece.lines;
                continue;
            }
            let tokens = piece.full.as_ref().unwrap_or(&piece.tokens);
            self.keep(Held {
                id,
                text: masked_text(tokens, &words).into(),
                weak: piece.weak,
                lines: piece.lines,
                is_collapsed: piece.full.is_none(),
            });
        }
    }

    // What is held, put together; nothing is held afterwards.
    fn pieces(&mut self) -> (Vec<Piece>, Words) {
        let mut held = std::mem::take(&mut self.held);
        held.sort_by(|left, right| left.text.cmp(&right.text).then(left.id.cmp(&right.id)));
        let mut words = Words::new();
        let pieces = held.into_iter().map(|held| {
            let full = words.tokens(&held.text, self.settings.line_words);
            Piece {
                tokens: collapse(&full, &words),
                full: (!held.is_collapsed).then_some(full),
                weak: held.weak,
                lines: held.lines,
                members: vec![held.id],
            }
        });
        let pieces = pieces.collect();
        (cluster(pieces, &words, &self.settings), words)
    }

    /// The templates of all lines that were added, most frequent first.
    #[must_use]
    pub fn finish(mut self) -> Mined {
        let (pieces, words) = self.pieces();
        let mut named: Vec<(Template, Vec<u32>)> = Vec::with_capacity(pieces.len());
        for piece in pieces {
            let text = render(piece.full.as_ref().unwrap_or(&piece.tokens), &piece.weak, &words);
            named.push((Template { id: id_of(&text), text, lines: piece.lines }, piece.members));
        }
        named.sort_by(|(left, _), (right, _)| {
            right.lines.cmp(&left.lines).then_with(|| left.text.cmp(&right.text))
        });
        let mut of_shape: Vec<u32> = vec![NONE; self.parents.len()];
        let mut templates: Vec<Template> = Vec::new();
        let mut by_text: FxHashMap<String, u32> = FxHashMap::default();
        for (template, members) in named {
            let place = match by_text.get(&template.text) {
                Some(place) => *place,
                None if templates.len() < self.settings.templates => {
                    let place = u32::try_from(templates.len()).unwrap_or(NONE);
                    by_text.insert(template.text.clone(), place);
                    templates.push(Template { lines: 0, ..template.clone() });
                    place
                }
                None => NONE,
            };
            match templates.get_mut(place as usize) {
                Some(kept) => kept.lines += template.lines,
                None => self.left_out.lines_without_template += template.lines,
            }
            for member in members {
                if let Some(slot) = of_shape.get_mut(member as usize) {
                    *slot = place;
                }
            }
        }
        Mined { templates, of_shape: self.resolved(of_shape), left_out: self.left_out }
    }

    // A shape that was put into another one has that one's template.
    fn resolved(&self, mut of_shape: Vec<u32>) -> Vec<u32> {
        for shape in 0..self.parents.len() {
            let mut at = shape;
            // A parent has a smaller number, so the way is short and ends.
            while let Some(parent) = self.parents.get(at).map(|parent| *parent as usize) {
                if parent == at {
                    break;
                }
                at = parent;
            }
            let place = of_shape.get(at).copied().unwrap_or(NONE);
            if let Some(slot) = of_shape.get_mut(shape) {
                *slot = place;
            }
        }
        of_shape
    }
}

fn hash_of(text: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text);
    hasher.finish()
}

/// The templates of a set of lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mined {
    /// Most frequent first, then by text.
    pub templates: Vec<Template>,
    of_shape: Vec<u32>,
    pub left_out: LeftOut,
}

impl Mined {
    /// The place in `templates` of a shape's template, where it is kept.
    #[must_use]
    pub fn template_of(&self, shape: Shape) -> Option<usize> {
        let place = *self.of_shape.get(shape.0 as usize)?;
        ((place as usize) < self.templates.len()).then_some(place as usize)
    }
}

#[cfg(test)]
mod tests;
