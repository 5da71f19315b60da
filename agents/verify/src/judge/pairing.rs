//! Whether labels (names, periods, measures) and the figures of a sentence belong together.

/// A label or a figure, by what it belongs to, in the order of the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event<K> {
    Label(K),
    Figure(K),
}

/// Whether something that is shown again counts again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repeats {
    /// Every figure is shown to the reader: "A in August to A in September" shows A twice.
    Count,
    /// A rank and its figure are one: "the largest was EC2 with A".
    Merge,
}

/// Whether a reader who attaches figures to labels attaches each to its own.
///
/// Three orders read without doubt: the two sequences are equal ("August and September cost A and
/// B"); each figure follows its label ("August cost A"); or, where a figure comes first, each
/// figure is followed by its label ("A in August"). A label without a figure may stand only at the
/// end, where nothing can be taken for its figure.
pub(crate) fn agree<K: PartialEq + Clone>(events: &[Event<K>], repeats: Repeats) -> bool {
    let labels = sequence(events, repeats, |event| match event {
        Event::Label(key) => Some(key.clone()),
        Event::Figure(_) => None,
    });
    let figures = sequence(events, repeats, |event| match event {
        Event::Figure(key) => Some(key.clone()),
        Event::Label(_) => None,
    });
    if figures.is_empty() || labels == figures {
        return true;
    }
    match events.first() {
        Some(Event::Label(_)) => labels_first(events.iter()),
        // Read from its end, a sentence of figures before labels is one of labels before figures,
        // but labels without figures may trail.
        Some(Event::Figure(_)) => {
            let trailing = events.iter().rev().take_while(|e| matches!(e, Event::Label(_))).count();
            let kept = events.len().saturating_sub(trailing.saturating_sub(1));
            labels_first(events.iter().take(kept).rev())
        }
        None => true,
    }
}

fn labels_first<'a, K: PartialEq + Clone + 'a>(events: impl Iterator<Item = &'a Event<K>>) -> bool {
    let mut label: Option<K> = None;
    let mut used = true;
    for event in events {
        match event {
            Event::Label(key) if label.as_ref() == Some(key) => {}
            Event::Label(key) => {
                // The label before this one had no figure: "EC2 and S3 cost B".
                if !used {
                    return false;
                }
                label = Some(key.clone());
                used = false;
            }
            Event::Figure(key) => {
                if label.as_ref() != Some(key) {
                    return false;
                }
                used = true;
            }
        }
    }
    true
}

// Repetitions with nothing between them always count once.
fn sequence<K: PartialEq>(
    events: &[Event<K>],
    repeats: Repeats,
    key: impl Fn(&Event<K>) -> Option<K>,
) -> Vec<K> {
    let mut keys: Vec<K> = Vec::new();
    let mut adjacent = false;
    for event in events {
        let own = key(event);
        adjacent &= own.is_some();
        if let Some(own) = own {
            let apart = repeats == Repeats::Count && !adjacent;
            if apart || keys.last() != Some(&own) {
                keys.push(own);
            }
            adjacent = true;
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::{
        Event::{Figure as F, Label as L},
        *,
    };

    #[test]
    fn figures_belong_to_the_labels_a_reader_gives_them() {
        for events in [
            vec![L(0), F(0)],
            vec![L(0), F(0), F(0), L(1), F(1)],
            vec![L(0), L(1), F(0), F(1)],
            vec![L(0), F(0), F(1), L(1)],
            vec![L(0), F(0), L(0), F(0)],
            vec![F(0), L(0), F(1), L(1)],
            vec![L(0), F(0), L(1)],
            vec![F(0), L(0), L(1)],
            vec![L(0)],
        ] {
            assert!(agree(&events, Repeats::Count), "{events:?}");
        }
        for events in [
            vec![L(0), F(1), L(1), F(0)],
            vec![L(0), F(1), L(1)],
            vec![L(0), L(1), F(1), F(1)],
            vec![L(0), F(1)],
            vec![F(1), L(0)],
            vec![F(0), F(1), L(1)],
            vec![F(0)],
            vec![F(0), L(0), F(0), L(1), F(0), F(1)],
            vec![L(0), F(0), L(1), F(0), F(0), F(1)],
        ] {
            assert!(!agree(&events, Repeats::Count), "{events:?}");
        }
    }
}
