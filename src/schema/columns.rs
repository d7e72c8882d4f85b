//! The columns of every table, with the descriptions that users read.

use arrow::datatypes::{DataType, Field};

use super::field::*;
use super::{Table, duplicates, links};

pub(super) fn description(table: Table) -> &'static str {
    match table {
        Table::Sources => "A source file, whole.",
        Table::RawDocuments => "A document as found in its source, before cleaning.",
        Table::Documents => "A cleaned document: its text, where it came from and what is known of its publication.",
        Table::Extractions => "Everything found in one document, nested.",
        Table::TextSketches => "Samples of what a document's text is made of.",
        Table::TextBands => "Documents that share a band may have one text.",
        Table::TextPairs => "Two documents that share a band.",
        Table::TextComparisons => "Two documents that may have one text, with the sketches of both.",
        Table::TextLinks => "Two documents with one text.",
        Table::Duplicates => "A document whose text an earlier document has.",
        Table::MeetingCandidates => "A meeting as one document tells it, with all that hangs on it.",
        Table::MeetingProfiles => "What a meeting is recognised by, as one document tells it.",
        Table::MeetingClusters => "The cluster of a document's meeting: reports of one meeting share it.",
        Table::MeetingNeighbors => "Two reports of neighbouring days that may tell of one meeting.",
        Table::MeetingMoves => "A cluster of reports that becomes part of another.",
        Table::GivenMeetings => "The id of a meeting in the tables of an earlier run.",
        Table::GivenOfficials => "The id of a person in the tables of an earlier run.",
        Table::OfficialBlocks => "A block of names that is read together with another.",
        Table::ObservationEvidence => "A figure that can be held against others of its indicator, area and period.",
        Table::OfficialEvidence => "What one document says of one person: their posts, or their part in a meeting.",
        Table::Meetings => "A real gathering (Popolo Event), however many documents report on it.",
        Table::MeetingReports => "What one document says of one meeting.",
        Table::Officials => "A person who holds or held a post (Popolo Person).",
        Table::OfficialMentions => "A person as one document names them, with the posts it gives.",
        Table::Positions => "A post that a person holds or held (Popolo Membership).",
        Table::PostEvidence => "Who held a post and when, or a mention of it that names nobody.",
        Table::PostMentions => {
            "A post that stands for its holder, whom the document does not name, with the person who held it then."
        }
        Table::Participations => "A person's part in a meeting, as one document tells it.",
        Table::Indicators => "A reported figure: an SDMX-like observation.",
        Table::Conflicts => {
            "One side of a contradiction between documents: what one of them tells of a meeting or measures."
        }
        Table::IdAliases => "An id of an earlier run that is no longer used, with the id that stands for it.",
        Table::Decisions => "A decision of an analyst, which overrides what the program found.",
        Table::IndicatorDefinitions => "An indicator of the registry: what a code in indicators stands for.",
        Table::Citations => "A legal or policy document that a text cites.",
        Table::Areas => "The country, a province or a district, during the time for which its code and borders held.",
        Table::Rejects => "A source or document that could not be processed, and why.",
    }
}

pub(super) fn fields(table: Table) -> Vec<Field> {
    match table {
        Table::Sources => vec![
            text(
                "source_path",
                "Path of the source file, relative to the pipeline's root where it lies below it.",
            ),
            column("content", DataType::Binary, false, "The file's bytes."),
        ],
        Table::RawDocuments => raw_documents(),
        Table::Documents => documents(),
        Table::Extractions => extractions(),
        Table::TextSketches => duplicates::text_sketches(),
        Table::TextBands => duplicates::text_bands(),
        Table::TextPairs => duplicates::text_pairs(),
        Table::TextComparisons => duplicates::text_comparisons(),
        Table::TextLinks => duplicates::text_links(),
        Table::Duplicates => duplicates::duplicates(),
        Table::MeetingCandidates => links::meeting_candidates(),
        Table::MeetingProfiles => links::meeting_profiles(),
        Table::MeetingClusters => links::meeting_clusters(),
        Table::MeetingNeighbors => links::meeting_neighbors(),
        Table::MeetingMoves => links::meeting_moves(),
        Table::GivenMeetings | Table::GivenOfficials => links::given_ids(),
        Table::OfficialBlocks => links::official_blocks(),
        Table::OfficialEvidence => links::official_evidence(),
        Table::ObservationEvidence => links::observation_evidence(),
        Table::Meetings => meetings(),
        Table::MeetingReports => meeting_reports(),
        Table::Officials => officials(),
        Table::OfficialMentions => official_mentions(),
        Table::Positions => positions(),
        Table::PostEvidence => links::post_evidence(),
        Table::PostMentions => post_mentions(),
        Table::Participations => participations(),
        Table::Indicators => indicators(),
        Table::IndicatorDefinitions => indicator_definitions(),
        Table::Citations => citations(),
        Table::Conflicts => links::conflicts(),
        Table::IdAliases => id_aliases(),
        Table::Decisions => links::decisions(),
        Table::Areas => areas(),
        Table::Rejects => rejects(),
    }
}

fn raw_documents() -> Vec<Field> {
    vec![
        document_id(),
        source_path(),
        source_record(),
        opt_text("record_id", "The record's own id, where the source gives one."),
        opt_text("url", "Address of the page."),
        opt_text("title", "Title as the source gives it."),
        opt_text("text", "Plain text; exactly one of text and html is given."),
        opt_text("html", "HTML; exactly one of text and html is given."),
        opt_text("published_at", "Time of publication as the source gives it."),
        opt_text("site", "Host name or publisher as the source gives it."),
    ]
}

fn documents() -> Vec<Field> {
    vec![
        document_id(),
        source_path(),
        source_record(),
        opt_text("url", "Address of the page."),
        opt_text("site", "Host name of the publisher, without www."),
        opt_text("source_name", "The publisher as the page names itself."),
        opt_text("title", "Title of the article."),
        text_list("authors", "Names in the byline."),
        opt_text(
            "reprinted_from",
            "Where the page says that it was taken from: an address or a name.",
        ),
        opt_date("published_at", "Day of publication, local time."),
        opt_text(
            "published_edtf",
            "Time of publication as precisely as known, EDTF (2024-02-02T17:38).",
        ),
        opt_text(
            "published_basis",
            "What tells the time of publication: field, meta, json_ld, time_element, text or url.",
        ),
        opt_text(
            "area_id",
            "Province of the publishing portal, valid on the day of publication; VN for the central organs of the state and the Party.",
        ),
        opt_text("language", "Language of the text, ISO 639-1."),
        struct_list(
            "programmes",
            "Multi-year programmes that the title or lead names.",
            vec![
                text("name", "Name of the programme."),
                int("start", "First year."),
                int("end", "Last year."),
            ],
        ),
        text(
            "text",
            "The article without page furniture, NFC; start and end in all tables count its code points.",
        ),
        int("n_chars", "Length of text in code points."),
        text(
            "content_hash",
            "BLAKE3 of the folded text; equal for reprints that differ only in case, spacing or tone placement.",
        ),
        opt_text("topic", "public_administration, or null for everything else."),
        column(
            "topic_score",
            DataType::Float64,
            false,
            "How sure it is that the text is about public administration, 0 to 1.",
        ),
        opt_text(
            "duplicate_of",
            "document_id of the earliest document with the same text, edited or not.",
        ),
        opt_float(
            "duplicate_overlap",
            "Where duplicate_of is set: share (0 to 1) of the shorter text that the closest other one has too.",
        ),
    ]
}

pub(super) fn extractions() -> Vec<Field> {
    vec![
        document_id(),
        text("content_hash", "As in documents."),
        opt_text("site", "As in documents."),
        opt_date("published_at", "As in documents."),
        opt_text("area_id", "The province in documents; null for the country."),
        struct_list(
            "meetings",
            "Gatherings that the document tells of.",
            nested(
                meeting_reports(),
                &["document_id", "meeting_id", "link_score", "link_reasons"],
                vec![opt_text("level", LEVEL)],
            ),
        ),
        struct_list(
            "officials",
            "Persons with a post.",
            vec![
                text("name", "Full name without honorifics and titles."),
                text_list("other_names", "Shorter forms used in the document."),
                opt_text("honorific", HONORIFIC),
                struct_list(
                    "positions",
                    "Posts of the person.",
                    vec![
                        text("label", "The post as the text writes it."),
                        text("title", "Normalised title."),
                        opt_text("organization", ORGANIZATION),
                        opt_text("area_id", "Area of the organization."),
                        text("status", STATUS),
                    ],
                ),
                roles(),
                evidence_struct(),
            ],
        ),
        struct_list(
            "indicators",
            "Figures.",
            nested(
                indicators(),
                &["observation_id", "document_id", "meeting_id"],
                vec![column("meeting", DataType::Int32, true, "Index into meetings.")],
            ),
        ),
        struct_list(
            "citations",
            "Cited documents.",
            vec![
                text("kind", "Kind of document."),
                opt_text("number", "Number or symbol."),
                opt_text("name", "Name, for documents cited by name."),
                opt_text("issuer", "Issuing body."),
                opt_text("date_edtf", "Date, EDTF."),
                evidence_struct(),
            ],
        ),
        struct_list(
            "posts_mentioned",
            "Posts that stand for holders whom the document does not name.",
            [post(), vec![roles(), evidence_struct()]].concat(),
        ),
    ]
}

fn roles() -> Field {
    struct_list(
        "roles",
        "Parts in the document's meetings.",
        vec![
            int("meeting", "Index into meetings."),
            text("role", ROLE),
            evidence_struct(),
        ],
    )
}

/// A post without a holder.
pub(super) fn post() -> Vec<Field> {
    vec![
        text("label", "The post as the text writes it."),
        text("title", TITLE),
        opt_text("organization", ORGANIZATION),
        opt_text("area_id", "Area of the organisation, where it is known."),
    ]
}

fn meetings() -> Vec<Field> {
    vec![
        text("meeting_id", "Id of the meeting."),
        text("name", "Fullest name that a report gives."),
        text("kind", "Head noun in lower case: hội nghị, phiên họp, kỳ họp, …"),
        opt_int("session_number", "Number of the session (phiên họp thứ 7: 7)."),
        opt_text("level", LEVEL),
        opt_date("date", "First day, where known."),
        opt_text("date_edtf", "First day, EDTF (XXXX-06-23: year not told)."),
        opt_text(
            "date_chosen_by",
            "The rule by which the date was chosen, where reports give different ones; see conflicts.",
        ),
        opt_text("part_of_day", PART_OF_DAY),
        opt_text("format", FORMAT),
        opt_text("host", "Organisation that holds it, as in the text."),
        text_list("chairs", "Names of those who chair it, at any site."),
        text_list("places", "Places where it is held or followed online."),
        text_list("place_area_ids", PLACE_AREAS),
        int("n_documents", "Documents that report on it."),
        int("n_sources", "Different texts among them: reprints count once."),
        opt_date("first_published", "Day of the first report."),
        opt_date("last_published", "Day of the last report."),
        int(
            "since_run",
            "Number of the run that gave the id, counted over runs that gave new ids.",
        ),
        opt_text("decision", "What an analyst decided of the meeting, and why."),
    ]
}

fn meeting_reports() -> Vec<Field> {
    let mut fields = vec![
        document_id(),
        text("meeting_id", "The meeting; refers to meetings."),
        text("name", "Fullest name that the document gives."),
        text("kind", "Head noun in lower case."),
        opt_int("session_number", "Number of the session."),
        opt_date("date", "First day, where known."),
        opt_text("date_edtf", "First day, EDTF."),
        opt_text(
            "date_basis",
            "explicit (the text gives the date), relative (hôm nay, sáng nay) or published (year from the day of publication).",
        ),
        opt_text("part_of_day", PART_OF_DAY),
        opt_text("format", FORMAT),
        opt_text("host", "Organisation that holds it, as in the text."),
        text_list("chairs", "Names of those who chair it."),
        text_list("places", "Places where it is held or followed online."),
        text_list("place_area_ids", PLACE_AREAS),
        column(
            "is_primary",
            DataType::Boolean,
            false,
            "True where the document reports on it, false where it is only mentioned.",
        ),
        opt_float(
            "link_score",
            "How well it fits the other reports of the meeting, 0 to 1; null where there is no other.",
        ),
        text_list(
            "link_reasons",
            "What speaks for it: names, persons, chairs, session, host, figures or places in common; a decision.",
        ),
    ];
    fields.extend(evidence());
    fields
}

fn officials() -> Vec<Field> {
    vec![
        text("official_id", "Id of the person."),
        text("name", "Fullest name."),
        text_list("other_names", "Other spellings and short forms."),
        opt_text("honorific", HONORIFIC),
        int("n_documents", "Documents that name the person."),
        int("n_meetings", "Meetings in which the person took part."),
        opt_date("first_seen", "Day of the first document."),
        opt_date("last_seen", "Day of the last document."),
        int(
            "since_run",
            "Number of the run that gave the id, counted over runs that gave new ids.",
        ),
        opt_text("decision", "What an analyst decided of the person, and why."),
    ]
}

fn official_mentions() -> Vec<Field> {
    let mut fields = vec![
        document_id(),
        text("official_id", "The person; refers to officials."),
        text("name", "Fullest name in the document."),
        text_list("positions", "Posts as the document writes them."),
    ];
    fields.extend(evidence());
    fields
}

fn positions() -> Vec<Field> {
    vec![
        text("official_id", "The person; refers to officials."),
        text("label", "The post as the first document writes it."),
        text("title", TITLE),
        opt_text("organization", ORGANIZATION),
        opt_text("level", LEVEL),
        opt_text(
            "area_id",
            "Finest area that the organisation is in: the one that the post names, else the document's province for a local body; VN for a central one.",
        ),
        text("status", STATUS),
        opt_date(
            "first_seen",
            "Day of the first document that gives the post with this status.",
        ),
        opt_date(
            "last_seen",
            "Day of the last document that gives the post with this status.",
        ),
        int("n_documents", "Documents that give the post with this status."),
    ]
}

fn post_mentions() -> Vec<Field> {
    let mut fields = vec![document_id()];
    fields.extend(post());
    fields.extend([
        opt_text("role", ROLE),
        opt_text("meeting_id", "The meeting, for a part in one; refers to meetings."),
        opt_text(
            "official_id",
            "Who held the post on that day; null where nobody or more than one comes into question. Refers to officials.",
        ),
        column(
            "inferred",
            DataType::Boolean,
            false,
            "Always true: the document does not name the person.",
        ),
        text("basis", "From what the holder follows, or why none is given."),
    ]);
    fields.extend(evidence());
    fields
}

fn participations() -> Vec<Field> {
    let mut fields = vec![
        document_id(),
        text("meeting_id", "The meeting; refers to meetings."),
        text("official_id", "The person; refers to officials."),
        text("role", ROLE),
    ];
    fields.extend(evidence());
    fields
}

fn indicators() -> Vec<Field> {
    let mut fields = vec![
        text("observation_id", "Id of the observation."),
        document_id(),
        opt_text(
            "meeting_id",
            "Meeting at which the figure was reported; refers to meetings.",
        ),
        opt_text(
            "indicator",
            "Code in the indicator registry, where an entry names the figure; refers to indicator_definitions.",
        ),
        opt_text(
            "pillar",
            "Reform pillar: institutions, administrative_procedures, organisation, civil_service, public_finance or digital_government.",
        ),
        text("label", "What is measured, in the text's words."),
        column(
            "value",
            DataType::Float64,
            false,
            "The figure, scaled (5,4 triệu: 5400000).",
        ),
        opt_float("value_max", "Upper end of a range."),
        opt_float("denominator", "The whole, for figures like 16/16."),
        text("unit", "%, a currency code, or the counted noun as in the text."),
        text("unit_kind", "percent, currency, count, duration, rank or score."),
        opt_text(
            "qualifier",
            "approx, nearly, more_than, less_than, at_least or at_most.",
        ),
        opt_text("direction", "up or down, where the figure is a change."),
        column(
            "is_target",
            DataType::Boolean,
            false,
            "True for aims, plans and requirements.",
        ),
        opt_text("period", "When it holds, in the text's words."),
        opt_date("period_start", "First day of the period, where it can be told."),
        opt_date("period_end", "Last day of the period, where it can be told."),
        opt_text("place", "Where it holds, in the text's words."),
        opt_text(
            "area_id",
            "Finest area that place is or lies in, as of the last day of the period or, if that is earlier, the day of publication.",
        ),
    ];
    fields.extend(evidence());
    fields
}

fn citations() -> Vec<Field> {
    let mut fields = vec![
        document_id(),
        text("kind", "Kind of document: Luật, Nghị định, Nghị quyết, …"),
        opt_text("number", "Number or symbol as in the text."),
        opt_text("name", "Name, for documents cited by name."),
        opt_text("issuer", "Issuing body, where the text or the symbol tells it."),
        opt_text("date_edtf", "Date of the document, EDTF."),
    ];
    fields.extend(evidence());
    fields
}

fn id_aliases() -> Vec<Field> {
    vec![
        text("alias_id", "The id that is no longer used."),
        text("id", "The id that stands for it."),
        text("kind", "official or meeting."),
        text("reason", "merged (found to be the same) or decision (of the analyst)."),
    ]
}

fn indicator_definitions() -> Vec<Field> {
    vec![
        text(
            "indicator",
            "Code of the indicator, built in or defined by the pipeline.",
        ),
        text("name_vi", "Vietnamese name."),
        text("name_en", "English name."),
        opt_text(
            "pillar",
            "Pillar of the reform programme 2021 to 2030; null for indices across pillars and what belongs to none.",
        ),
        text_list(
            "unit_kinds",
            "Kinds of unit in which its figures are told; do not mix them.",
        ),
        text("better", "up or down: the direction that is an improvement."),
    ]
}

fn areas() -> Vec<Field> {
    vec![
        text(
            "area_id",
            "Code with the year from which it holds (VN-24@2004): codes were reused at the merger of 2025. A district's is that of its province with its name (VN-14@2004/moc-chau); VN is the whole country.",
        ),
        opt_text(
            "code",
            "Official province code (General Statistics Office), no key by itself; null for districts and the country.",
        ),
        text("name", "Name without tỉnh, huyện or thành phố."),
        text(
            "kind",
            "tỉnh, thành phố trực thuộc trung ương, huyện, quận, thị xã, thành phố or quốc gia; the last that it was.",
        ),
        text("level", "national, province or district."),
        opt_text("parent_id", "The area that it is part of; refers to areas."),
        opt_date("valid_from", "First day; null where it is not recorded."),
        opt_date("valid_to", "Last day; null while it holds."),
        text_list("successor_ids", "Provinces into which a province went."),
        text_list("other_names", "Variants of the name and short forms."),
        opt_text(
            "legal_basis",
            "The act by which it has its borders or rank, where it is recorded.",
        ),
    ]
}

fn rejects() -> Vec<Field> {
    vec![
        source_path(),
        source_record(),
        opt_text("document_id", "The document, where one had been read."),
        text("stage", "Stage that rejected it."),
        text("code", "What was wrong, as a fixed word."),
        text("message", "What was wrong, in a sentence."),
    ]
}
