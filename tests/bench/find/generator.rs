//! A made-up store with the habits of real ones, and guns in hand that are of it or not.
//!
//! All rates and shares are invented; so a recall holds for comparing engines over this store
//! and not as a promise about another.

use crate::dice::Dice;
use crate::makers::{CALIBRES, MAKERS, Model, Series, TYPES};
use iarms::domain::gun::{Gun, Number, Place};

/// Where all draws begin.
pub(crate) const SEED: u64 = 0x1A_2B_3C_4D_5E;
/// How often a draw begins a run of consecutive serials, as in a stolen consignment.
pub(crate) const RUN: f64 = 0.004;
/// Fewest and most guns of a run.
pub(crate) const RUN_LENGTH: (u64, u64) = (5, 60);
/// How strongly the low letter blocks of a series are preferred: 1 is evenly.
pub(crate) const SKEW: f64 = 1.6;
/// How often make, model, calibre and type are told, on record and in hand.
pub(crate) const TOLD: [f64; 4] = [0.70, 0.50, 0.60, 0.80];
/// How often what is told of each is wrong: another value, and not another spelling.
pub(crate) const WRONG: [f64; 4] = [0.04, 0.06, 0.05, 0.08];
/// How often the usual spelling is written, and not another that means the same.
pub(crate) const USUAL_SPELLING: f64 = 0.6;

/// A gun as it was made, in a few bytes: maker, series, letter block and running number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Made {
    pub maker: u8,
    pub model: u8,
    pub series: u8,
    pub block: u32,
    pub number: u32,
}

/// What somebody told of a gun, right or wrong: places in the tables, `None` where nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Told {
    pub make: Option<u8>,
    /// Maker and model.
    pub model: Option<(u8, u8)>,
    pub calibre: Option<u8>,
    pub gun_type: Option<u8>,
}

impl Made {
    fn series(&self) -> &'static Series {
        &MAKERS[usize::from(self.maker)].series[usize::from(self.series)]
    }

    pub(crate) fn model(&self) -> &'static Model {
        &MAKERS[usize::from(self.maker)].models[usize::from(self.model)]
    }

    /// The serial as it is stamped, hyphens and all.
    pub(crate) fn stamped(&self) -> String {
        let form = self.series().form;
        let figures = form.bytes().filter(|sign| *sign == b'#').count() as u32;
        let letters = form.bytes().filter(|sign| *sign == b'@').count() as u32;
        let (mut number, mut block) = (self.number, self.block);
        let (mut figure, mut letter) = (10u32.pow(figures), 26u32.pow(letters));
        let mut text = String::with_capacity(form.len());
        for sign in form.chars() {
            text.push(match sign {
                '#' => {
                    figure /= 10;
                    let digit = number / figure;
                    number %= figure;
                    char::from(b'0' + digit as u8)
                }
                '@' => {
                    letter /= 26;
                    let place = block / letter;
                    block %= letter;
                    char::from(b'A' + place as u8)
                }
                other => other,
            });
        }
        text
    }

    /// The serial without its hyphens.
    pub(crate) fn serial(&self) -> String {
        let mut text = self.stamped();
        text.retain(|sign| sign != '-');
        text
    }
}

/// The guns of a store, one after the other, the same in every run.
pub(crate) struct Guns {
    dice: Dice,
    last: Option<Made>,
    left_in_run: u64,
}

impl Guns {
    pub(crate) fn new(seed: u64) -> Self {
        Self { dice: Dice::new(seed), last: None, left_in_run: 0 }
    }

    pub(crate) fn made(&mut self) -> Made {
        if let Some(last) = self.last.as_mut().filter(|_| self.left_in_run > 0) {
            self.left_in_run -= 1;
            last.number = (last.number + 1) % capacity(last.series());
            return *last;
        }
        let dice = &mut self.dice;
        let maker = dice.among(MAKERS.iter().map(|maker| maker.share));
        let series = dice.among(MAKERS[maker].series.iter().map(|series| series.share));
        let form = &MAKERS[maker].series[series];
        let block = (dice.share().powf(SKEW) * form.blocks as f64) as u64;
        let made = Made {
            maker: maker as u8,
            model: dice.at(MAKERS[maker].models.len()) as u8,
            series: series as u8,
            block: block_letters(form, block),
            number: dice.below(u64::from(capacity(form))) as u32,
        };
        if dice.happens(RUN) {
            self.left_in_run = RUN_LENGTH.0 + dice.below(RUN_LENGTH.1 - RUN_LENGTH.0 + 1);
        }
        self.last = Some(made);
        made
    }
}

/// Running numbers of a series in one block.
fn capacity(series: &Series) -> u32 {
    10u32.pow(series.form.bytes().filter(|sign| *sign == b'#').count() as u32)
}

/// The letters of a block as a number: blocks lie apart where there is room, and in a row
/// where there is not.
pub(crate) fn block_letters(series: &Series, block: u64) -> u32 {
    let letters = series.form.bytes().filter(|sign| *sign == b'@').count() as u32;
    let all = 26u64.pow(letters);
    let seed = series.form.bytes().fold(series.blocks, |sum, sign| sum * 31 + u64::from(sign));
    ((seed + block * (all / series.blocks.max(1)).clamp(1, 3)) % all) as u32
}

/// Tells a gun as somebody would, in part and now and then wrongly.
pub(crate) fn told(made: &Made, dice: &mut Dice) -> Told {
    let said = TOLD.map(|share| dice.happens(share));
    let wrong = WRONG.map(|share| dice.happens(share));
    let other = |dice: &mut Dice, right: u8, many: usize| {
        let drawn = dice.at(many - 1) as u8;
        drawn + u8::from(drawn >= right)
    };
    let make = if wrong[0] { other(dice, made.maker, MAKERS.len()) } else { made.maker };
    let models = MAKERS[usize::from(made.maker)].models.len();
    let model = if wrong[1] { other(dice, made.model, models) } else { made.model };
    let calibre = made.model().calibre;
    let calibre = if wrong[2] { other(dice, calibre, CALIBRES.len()) } else { calibre };
    let gun_type = made.model().gun_type;
    let gun_type = if wrong[3] { other(dice, gun_type, TYPES.len()) } else { gun_type };
    Told {
        make: said[0].then_some(make),
        model: said[1].then_some((made.maker, model)),
        calibre: said[2].then_some(calibre),
        gun_type: said[3].then_some(gun_type),
    }
}

/// The gun as an officer enters it.
pub(crate) fn gun(text: &str, told: &Told, dice: &mut Dice) -> Gun {
    let mut spelt = |spellings: &[&'static str]| {
        if dice.happens(USUAL_SPELLING) { spellings[0] } else { dice.pick(spellings) }
    };
    let model = |(maker, model): (u8, u8)| &MAKERS[usize::from(maker)].models[usize::from(model)];
    Gun {
        numbers: vec![Number { as_seen: text.into(), place: Place::Unstated }],
        make: told.make.map(|make| spelt(MAKERS[usize::from(make)].spellings).into()),
        model: told.model.map(|told| spelt(model(told).spellings).into()),
        calibre: told.calibre.map(|calibre| spelt(CALIBRES[usize::from(calibre)]).into()),
        gun_type: told.gun_type.and_then(|gun_type| TYPES[usize::from(gun_type)].parse().ok()),
        ..Gun::default()
    }
}
