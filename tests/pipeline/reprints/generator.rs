//! Articles, their edited reprints, and articles that look like reprints and are none.

use super::phrases::*;

/// A generated article.
#[derive(Clone, Debug)]
pub struct Article {
    pub id: String,
    pub text: String,
    /// The day of the month on which it appears.
    pub day: u32,
    /// Articles of one story are one text, edited.
    pub story: usize,
}

/// How many articles of each kind.
pub struct Amounts {
    /// Original articles with one to `max_reprints` reprints each.
    pub reprinted: usize,
    pub max_reprints: usize,
    /// Conferences told with the same words.
    pub conferences: usize,
    /// Offices that report every year, and the number of years.
    pub offices: usize,
    pub years: usize,
    /// Articles with an agency's background, which is up to half of the text.
    pub with_background: usize,
    /// Short notices that a committee repeats every month.
    pub notices: usize,
}

/// Numbers that look random and are the same in every run (SplitMix64).
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number in `from..to`.
    fn within(&mut self, from: usize, to: usize) -> usize {
        from + (self.next() % (to - from) as u64) as usize
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.within(0, 100) < percent
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.within(0, list.len())]
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.within(0, last + 1));
        }
    }
}

/// Articles of all kinds, in any order.
pub fn articles(seed: u64, amounts: &Amounts) -> Vec<Article> {
    let mut make = Make {
        random: Random(seed),
        articles: Vec::new(),
        stories: 0,
    };
    for _ in 0..amounts.reprinted {
        let sentences = make.free_article();
        make.publish_with_reprints(sentences, amounts.max_reprints);
    }
    // Every fifth of the look-alikes is itself reprinted.
    for number in 0..amounts.conferences {
        let story = Story::new(&mut make.random);
        let mut sentences = make.told(&CONFERENCE, &story);
        let own = make.random.within(0, 4);
        sentences.extend((0..own).map(|_| make.free_sentence()));
        make.publish_with_reprints(sentences, usize::from(number % 5 == 0));
    }
    for _ in 0..amounts.offices {
        let story = Story::new(&mut make.random);
        for year in 0..amounts.years {
            let sentences = make.told(&YEARLY_REPORT, &story.in_year(2012 + year));
            make.publish_with_reprints(sentences, usize::from(year % 5 == 0));
        }
    }
    for number in 0..amounts.with_background {
        let mut sentences = make.free_article();
        sentences.extend(BACKGROUND.iter().map(|sentence| (*sentence).to_owned()));
        make.publish_with_reprints(sentences, usize::from(number % 5 == 0));
    }
    for _ in 0..amounts.notices {
        let story = Story::new(&mut make.random);
        let sentences = make.told(&NOTICE, &story);
        make.publish_with_reprints(sentences, 0);
    }
    make.articles
}

/// Who, where and when.
struct Story {
    place: &'static str,
    town: &'static str,
    chair: String,
    speaker: String,
    topic: &'static str,
    year: usize,
}

impl Story {
    fn new(random: &mut Random) -> Self {
        Story {
            place: random.pick(&PLACES),
            town: random.pick(&TOWNS),
            chair: person(random),
            speaker: person(random),
            topic: random.pick(&TOPICS),
            year: random.within(2012, 2025),
        }
    }

    /// The same office and people in another year.
    fn in_year(&self, year: usize) -> Story {
        Story {
            chair: self.chair.clone(),
            speaker: self.speaker.clone(),
            year,
            ..*self
        }
    }
}

fn person(random: &mut Random) -> String {
    let names = [&FAMILY_NAMES[..], &MIDDLE_NAMES, &GIVEN_NAMES].map(|list| random.pick(list));
    names.join(" ")
}

struct Make {
    random: Random,
    articles: Vec<Article>,
    stories: usize,
}

impl Make {
    /// Sentences that nobody else has written.
    fn free_article(&mut self) -> Vec<String> {
        let len = self.random.within(8, 26);
        (0..len).map(|_| self.free_sentence()).collect()
    }

    fn free_sentence(&mut self) -> String {
        let parts = [&SUBJECTS[..], &VERBS, &OBJECTS, &PURPOSES].map(|list| self.random.pick(list));
        let story = Story::new(&mut self.random);
        self.filled(&parts.join(" "), &story)
    }

    /// A story in the words of a form.
    fn told(&mut self, form: &[&str], story: &Story) -> Vec<String> {
        form.iter().map(|sentence| self.filled(sentence, story)).collect()
    }

    /// A sentence with its slots filled.
    fn filled(&mut self, form: &str, story: &Story) -> String {
        let random = &mut self.random;
        let mut sentence = String::new();
        let mut rest = form;
        while let Some((before, (slot, after))) = rest
            .split_once('{')
            .and_then(|(before, from)| Some((before, from.split_once('}')?)))
        {
            sentence.push_str(before);
            let day = |random: &mut Random| format!("{}/{}/{}", random.within(1, 29), random.within(1, 13), story.year);
            sentence.push_str(&match slot {
                "place" => story.place.to_owned(),
                "town" => story.town.to_owned(),
                "commune" => random.pick(&GIVEN_NAMES).to_owned() + " " + random.pick(&GIVEN_NAMES),
                "chair" => story.chair.clone(),
                "speaker" => story.speaker.clone(),
                "person" => person(random),
                "topic" => story.topic.to_owned(),
                "year" => story.year.to_string(),
                "day" | "later" => day(random),
                "month" => random.within(1, 13).to_string(),
                "months" => random.within(2, 12).to_string(),
                "percent" => format!("{},{}", random.within(40, 100), random.within(0, 10)),
                "small" => format!("{},{}", random.within(1, 9), random.within(0, 10)),
                "count" => random.within(2, 60).to_string(),
                "number" => random.within(12, 980).to_string(),
                slot => panic!("no slot is called {slot}"),
            });
            rest = after;
        }
        sentence + rest
    }

    /// Publishes an article and at least one reprint of it, if `max_reprints` is not 0.
    fn publish_with_reprints(&mut self, sentences: Vec<String>, max_reprints: usize) {
        let story = self.stories;
        self.stories += 1;
        let day = self.random.within(1, 10) as u32;
        let len = self.random.within(1, 5);
        self.publish(story, day, paragraphs(len, &sentences));
        let reprints = if max_reprints == 0 {
            0
        } else {
            self.random.within(1, max_reprints + 1)
        };
        for _ in 0..reprints {
            let later = day + self.random.within(0, 15) as u32;
            let text = self.edited(sentences.clone());
            self.publish(story, later, text);
        }
    }

    fn publish(&mut self, story: usize, day: u32, text: String) {
        self.articles.push(Article {
            id: format!("a{}", self.articles.len()),
            text,
            day,
            story,
        });
    }

    /// What an editor makes of an article: any of the things that editors do.
    fn edited(&mut self, mut sentences: Vec<String>) -> String {
        let random = &mut self.random;
        if random.chance(60) {
            let kept_percent = random.within(55, 100);
            let longest = sentences[0].clone();
            sentences.retain(|_| random.chance(kept_percent));
            if sentences.is_empty() {
                sentences.push(longest);
            }
        }
        if random.chance(40) {
            random.shuffle(&mut sentences);
        }
        if random.chance(30) {
            for (from, to) in REWORDINGS {
                if random.chance(25) {
                    sentences
                        .iter_mut()
                        .for_each(|sentence| *sentence = sentence.replace(from, to));
                }
            }
        }
        if random.chance(60) {
            for (from, to) in SPELLINGS {
                sentences
                    .iter_mut()
                    .for_each(|sentence| *sentence = sentence.replace(from, to));
            }
        }
        if random.chance(20) {
            sentences[0] = sentences[0].to_uppercase();
        }
        if random.chance(40) {
            sentences.insert(0, random.pick(&LEADS).to_owned());
        }
        let mut text = paragraphs(random.within(1, 5), &sentences);
        if random.chance(40) {
            for _ in 0..random.within(1, 4) {
                text.push('\n');
                text.push_str(random.pick(&FURNITURE));
            }
        }
        if random.chance(20) {
            text = text.replace(", ", " , ").replace('"', "“");
        }
        text
    }
}

/// Sentences as paragraphs of `len` sentences each.
fn paragraphs(len: usize, sentences: &[String]) -> String {
    let paragraphs: Vec<String> = sentences.chunks(len).map(|sentences| sentences.join(" ")).collect();
    paragraphs.join("\n")
}
