//! What may be allowed: the names beside the paths of the program.

/// What a page or an action needs. Named beside the path in the registry of routes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Permission {
    /// Anybody, also before signing in.
    Public,
    /// Anybody who has signed in: the home page, one's own password, one's own sessions.
    SignedIn,
    /// Background jobs and territories of the whole installation.
    ManageInstallation,
    ReadOrganizations,
    EditOrganizations,
    /// The list of staff with names.
    ReadStaff,
    /// The card of one person.
    ReadPerson,
    EditStaff,
    ImportStaff,
    GrantRoles,
    ManageAccounts,
    /// Bank of mentors and mentees (п. 4.1.2).
    ReadBank,
    DecideCategories,
    EditMentors,
    ReadPairs,
    FormPairs,
    RecordPapers,
    ReadPapers,
    /// п. 4.1.1: the director's order.
    SignOrders,
    ReadIndicators,
    /// The named list behind a number.
    ReadIndicatorLists,
    ReadJournal,
    /// Answers and results of a self-diagnosis inside the pair's ring (E3). One's own are read by `SignedIn`.
    ReadPairDiagnosis,
    /// A mentor's view of the mentee on the scale of the diagnosis.
    AssessMentee,
    /// Who has answered and when, never what (three rings).
    ReadDiagnosisFacts,
    /// Numbers of deficits and strengths by domain, small groups hidden.
    ReadDeficitMap,
    /// Requests of potential mentees with their confidential wishes (ДК 1.1).
    ReadRequests,
    /// Selection of mentors by criteria (B4).
    DecideSelection,
    /// Register of mentors and experts of the municipality (ДК 1.4), those who agreed.
    ReadRegister,
    ReadConsents,
    RecordConsents,
    /// Confirming records, bulk actions, loading the bank's tables (п. 4.1.2).
    EditBank,
    /// Trying and keeping a matching of mentors and mentees (B5).
    RunMatching,
    /// Runs of the matching with proposals and reasons.
    ReadMatching,
    /// Weights of the matching in the municipality, with dates of validity.
    SetMatchingWeights,
    /// The psychologist's word on a pair; the notes are the author's own (п. 3.5).
    GiveOpinion,
    /// The psychologist's word and advice, without the notes.
    ReadOpinions,
    /// An objection of the union or of the council to a pair.
    ObjectToPairs,
    /// Agendas, sittings and minutes of the mentor council (п. 4.1.3, F10).
    ReadCouncil,
    /// Leading a sitting: agenda, presence, votes, minutes.
    HoldCouncil,
    /// A mentor's application or a mentee's petition about one's own pair (п. 5.1.1, 5.2.1).
    AskForEnding,
    /// Answering applications and petitions.
    DecideEndings,
    /// How many pairs ended or changed and why, without names.
    ReadEndingNumbers,
    /// A mentee's personal file, each reading of it recorded (D9, п. 5.1.1).
    ReadPersonalFile,
    /// Asking for help when it is needed (C6).
    AskForHelp,
    /// Answering a request for help in one's own pair.
    GiveHelp,
    /// How many requests wait and how soon they are answered, never what was asked.
    ReadHelpNumbers,
    /// Papers, silence and load of all pairs at a glance (L1).
    ReadPairBoard,
    /// Personalized programs of mentoring (D).
    ReadPrograms,
    /// Writing a program together and signing it off.
    WritePrograms,
    /// Agreeing on a program: the curator and, by right, the council (D10).
    AgreePrograms,
    /// Approving a program (D5).
    ApprovePrograms,
    /// Sections and measures that programs are made from (D4).
    EditProgramTemplates,
    /// What was said at meetings: the pair's ring.
    ReadPairNotes,
    /// Entering a meeting, an observation, a pulse.
    WritePairNotes,
    /// That meetings happen and how often, never what was said.
    ReadPairFacts,
    /// Minutes that the program asks of teachers (L3).
    ReadBurden,
    /// How a pair's program was evaluated in January and at its end: numbers and the decision (D11).
    ReadEvaluations,
    /// One's own part of an evaluation: the mentor's report, the mentee's reflection.
    WriteEvaluations,
    /// The conclusion of an evaluation with the proposed decision: the curator's word, and of somebody else where the curator
    /// takes part in the pair.
    ConcludeEvaluations,
    /// Confirming what follows an evaluation: completion, prolongation, a next program, a route.
    ConfirmEvaluations,
    /// Individual educational routes of others (п. 4.3.3); one's own is read by `SignedIn`.
    ReadRoutes,
    /// Accompanying a route: remarks and reviews of its steps (E6).
    AccompanyRoutes,
    /// The municipal base of programs (D12).
    ReadProgramBase,
    /// Offering a finished program to the base, with its names taken out.
    OfferPrograms,
    /// Reviewing a program offered to the base.
    ReviewPrograms,
    /// Publishing a reviewed program to the base and taking it out.
    PublishPrograms,
    /// Agreements of cooperation between organizations (F12).
    ReadAgreements,
    /// Recording such agreements and their scans.
    EditAgreements,
}

impl Permission {
    pub const ALL: [Self; 69] = [
        Self::Public,
        Self::SignedIn,
        Self::ManageInstallation,
        Self::ReadOrganizations,
        Self::EditOrganizations,
        Self::ReadStaff,
        Self::ReadPerson,
        Self::EditStaff,
        Self::ImportStaff,
        Self::GrantRoles,
        Self::ManageAccounts,
        Self::ReadBank,
        Self::DecideCategories,
        Self::EditMentors,
        Self::ReadPairs,
        Self::FormPairs,
        Self::RecordPapers,
        Self::ReadPapers,
        Self::SignOrders,
        Self::ReadIndicators,
        Self::ReadIndicatorLists,
        Self::ReadJournal,
        Self::ReadPairDiagnosis,
        Self::AssessMentee,
        Self::ReadDiagnosisFacts,
        Self::ReadDeficitMap,
        Self::ReadRequests,
        Self::DecideSelection,
        Self::ReadRegister,
        Self::ReadConsents,
        Self::RecordConsents,
        Self::EditBank,
        Self::RunMatching,
        Self::ReadMatching,
        Self::SetMatchingWeights,
        Self::GiveOpinion,
        Self::ReadOpinions,
        Self::ObjectToPairs,
        Self::ReadCouncil,
        Self::HoldCouncil,
        Self::AskForEnding,
        Self::DecideEndings,
        Self::ReadEndingNumbers,
        Self::ReadPersonalFile,
        Self::AskForHelp,
        Self::GiveHelp,
        Self::ReadHelpNumbers,
        Self::ReadPairBoard,
        Self::ReadPrograms,
        Self::WritePrograms,
        Self::AgreePrograms,
        Self::ApprovePrograms,
        Self::EditProgramTemplates,
        Self::ReadPairNotes,
        Self::WritePairNotes,
        Self::ReadPairFacts,
        Self::ReadBurden,
        Self::ReadEvaluations,
        Self::WriteEvaluations,
        Self::ConcludeEvaluations,
        Self::ConfirmEvaluations,
        Self::ReadRoutes,
        Self::AccompanyRoutes,
        Self::ReadProgramBase,
        Self::OfferPrograms,
        Self::ReviewPrograms,
        Self::PublishPrograms,
        Self::ReadAgreements,
        Self::EditAgreements,
    ];

    /// A refused reading looks as if the thing did not exist; a refused action says that it is refused.
    pub const fn only_reads(self) -> bool {
        matches!(
            self,
            Self::ReadOrganizations
                | Self::ReadStaff
                | Self::ReadPerson
                | Self::ReadBank
                | Self::ReadPairs
                | Self::ReadPapers
                | Self::ReadIndicators
                | Self::ReadIndicatorLists
                | Self::ReadJournal
                | Self::ReadPairDiagnosis
                | Self::ReadDiagnosisFacts
                | Self::ReadDeficitMap
                | Self::ReadRequests
                | Self::ReadRegister
                | Self::ReadConsents
                | Self::ReadMatching
                | Self::ReadOpinions
                | Self::ReadCouncil
                | Self::ReadEndingNumbers
                | Self::ReadPersonalFile
                | Self::ReadHelpNumbers
                | Self::ReadPairBoard
                | Self::ReadPrograms
                | Self::ReadPairNotes
                | Self::ReadPairFacts
                | Self::ReadBurden
                | Self::ReadEvaluations
                | Self::ReadRoutes
                | Self::ReadProgramBase
                | Self::ReadAgreements
        )
    }
}
