//! Korean turns of speech that change no figure, beside those of the ordinary list.

use super::Place::{self, Free};
use crate::understand::word::Meaning::{self, Filler};

/// The words, parted by `|`.
pub(super) fn entries() -> Vec<(Place, Meaning, &'static str)> {
    vec![
        (Free, Filler, MANNERS),
        (
            Free,
            Filler,
            "둘다|둘모두|셋다|두가지다|두가지모두|세가지모두|세가지다|네가지모두|네가지다|차감|차감된|차감됐|차감한|차감되|공제|공제된|공제됐|깎인|깎였|싸|싼지|싼가|싼가요|낮아|낮아요|낮나|낮나요|낮은가|낮은가요|높아|높아요|높나|높나요|높은가|높은가요|저렴해|저렴한가|저렴한가요|비싼가|비싼가요|하루중|하루중에|끊어줘|끊어|끊어서|끊은|끊어주세요|쳐서|치면|쳤을때|따져서|따지면|될까|될까요|될지|되겠|되려나|전혀|일절|아예|갑자기|별안간|급격히|급격하게|경영진|임원|임원진|경영진용|임원용|잡혀|잡히는|잡히|돌고|도는|돌아가고|돌아가|굴러가|뭐였|뭐였는지|무엇이었|누구였|전부다|몽땅|모조리|찾아|돌았|돌았어|돌았나|돌았지|돌린|채우면|채우|채운|채워|채웠을때|메우면|메운|메워|보정하면|보정한|보정해|가동|가동된|가동한|구동|구동된|한행으로|한건으로",
        ),
    ]
}

// How a cost moved, which says no figure.
const MANNERS: &str = "확|훅|팍|뚝|쑥|껑충|확확|왕창|눈에띄게";
