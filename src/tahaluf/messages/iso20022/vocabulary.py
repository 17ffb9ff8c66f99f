"""The elements of ISO 20022 messages that matter to screening, by local name (any version, any prefix).

Source: message definition reports of ISO 20022 (pacs, pain, camt) and the external code sets for identifications.
"""

from tahaluf.domain import Kind, PartyRole
from tahaluf.messages.details import Detail

# The element under Document (or standing alone) that says what a message is.
MESSAGES = {
    "FIToFICstmrCdtTrf": "pacs.008", "FICdtTrf": "pacs.009", "FinInstnCdtTrf": "pacs.009",
    "FIToFICstmrDrctDbt": "pacs.003", "PmtRtr": "pacs.004", "FIToFIPmtRvsl": "pacs.007", "FIDrctDbt": "pacs.010",
    "FIToFIPmtStsRpt": "pacs.002", "FIToFIPmtStsReq": "pacs.028", "CstmrCdtTrfInitn": "pain.001",
    "CstmrDrctDbtInitn": "pain.008", "CstmrPmtStsRpt": "pain.002", "CstmrPmtRvsl": "pain.007",
    "CdtrPmtActvtnReq": "pain.013", "CdtrPmtActvtnReqStsRpt": "pain.014", "MndtInitnReq": "pain.009",
    "BkToCstmrAcctRpt": "camt.052", "BkToCstmrStmt": "camt.053", "BkToCstmrDbtCdtNtfctn": "camt.054",
    "CstmrPmtCxlReq": "camt.055", "FIToFIPmtCxlReq": "camt.056", "RsltnOfInvstgtn": "camt.029",
    "NtfctnToRcv": "camt.057", "AcctRptgReq": "camt.060", "RmtAdvc": "remt.001", "RmtLctnAdvc": "remt.002",
    "SysEvtNtfctn": "admi.004", "RctAck": "admi.007", "UblToApply": "camt.026", "ClmNonRct": "camt.027",
    "AddtlPmtInf": "camt.028", "ReqToModfyPmt": "camt.087", "DbtAuthstnReq": "camt.037", "ChrgsPmtNtfctn": "camt.105",
    "ChrgsPmtReq": "camt.106", "ChqPresntmntNtfctn": "camt.107", "RtrAcct": "camt.004", "GetAcct": "camt.003",
    "admi.002.001.01": "admi.002", "MsgRjct": "admi.002", "RsndReq": "admi.006",
}  # fmt: skip
# Messages that pay someone: each of their transactions has a party.
PAYING = frozenset(
    ("pacs.003", "pacs.004", "pacs.008", "pacs.009", "pacs.010", "pain.001", "pain.008", "pain.013", "camt.057")
)
KNOWN = frozenset((*MESSAGES.values(), "head.001", "head.002"))

UNITS = ("CdtTrfTxInf", "DrctDbtTxInf", "TxInf", "TxInfAndSts", "CdtTrfTx", "TxDtls", "RmtInf", "Itm")
# Numbered as a transaction only where it holds none of `UNITS`.
ENTRY = "Ntry"
# What stands above transactions and is read as a whole.
HEADS = ("GrpHdr", "AppHdr", "BizMsgHdr", "OrgnlGrpInfAndSts", "OrgnlGrpInf", "Assgnmt", "Case", "MsgHdr")
# Where parties above a transaction belong: to the transactions below the same one of these.
SCOPES = frozenset(("PmtInf", "OrgnlPmtInfAndSts", "OrgnlPmtInfAndCxl", "OrgnlPmtInfAndRvsl", "Stmt", "Rpt", "Ntfctn",
                    "CdtInstr", ENTRY))  # fmt: skip
# Elements between transactions and those, or that hold what concerns all of them: what stands in one belongs to what is
# around it. Any other that holds parties and no transaction of a known name is taken for a transaction.
PASSING = frozenset(
    ("NtryDtls", "Btch", "RltdPties", "RltdAgts", "Undrlyg", "CxlDtls", "StsRsnInf", "RtrRsnInf", "CxlRsnInf",
     "ModDtls", "SttlmInf", "NtfctnRef", "CtrlData", "ValDt", "BookgDt", "AmtDtls", "NtryDtl", "PmtTpInf", "Purp",
     "Body", "Payload")
)  # fmt: skip

AGENTS = {
    "DbtrAgt": PartyRole.DEBTOR_AGENT,
    "CdtrAgt": PartyRole.CREDITOR_AGENT,
    "InstgAgt": PartyRole.INSTRUCTING_AGENT,
    "InstdAgt": PartyRole.INSTRUCTED_AGENT,
    **{f"PrvsInstgAgt{n}": PartyRole.PREVIOUS_AGENT for n in ("", "1", "2", "3")},
    **{f"IntrmyAgt{n}": PartyRole.INTERMEDIARY_AGENT for n in ("", "1", "2", "3")},
    **{f"{which}RmbrsmntAgt": PartyRole.REIMBURSEMENT_AGENT for which in ("Instg", "Instd", "Thrd")},
    "FwdgAgt": PartyRole.FORWARDING_AGENT,
    "Svcr": PartyRole.ACCOUNT_SERVICER,
    "OrgnlDbtrAgt": PartyRole.DEBTOR_AGENT,
    "OrgnlCdtrAgt": PartyRole.CREDITOR_AGENT,
    "AcctSvcr": PartyRole.ACCOUNT_SERVICER,
    "ChrgsAcctAgt": PartyRole.MENTIONED,
    **dict.fromkeys(("RcvgAgt", "DlvrgAgt", "IssgAgt", "SttlmPlc", "Agt"), PartyRole.MENTIONED),
}
ROLES = {
    **AGENTS,
    "Dbtr": PartyRole.DEBTOR,
    "UltmtDbtr": PartyRole.ULTIMATE_DEBTOR,
    "Cdtr": PartyRole.CREDITOR,
    "UltmtCdtr": PartyRole.ULTIMATE_CREDITOR,
    "InitgPty": PartyRole.INITIATING_PARTY,
    "OrgnlDbtr": PartyRole.DEBTOR,
    "CdtrSchmeId": PartyRole.CREDITOR,
    "OrgnlCdtrSchmeId": PartyRole.CREDITOR,
    "Ownr": PartyRole.ACCOUNT_OWNER,
    **dict.fromkeys(("Invcr", "Invcee", "Grnshee", "GrnshmtAdmstr"), PartyRole.REMITTANCE_PARTY),
    **dict.fromkeys(("TradgPty", "Orgtr", "Pty", "Cretr", "Assgnr", "Assgne", "Authrty", "Fctr"), PartyRole.MENTIONED),
}
# Under one of these a party concerns what is paid, not the payment.
REMITTANCE = frozenset(("RmtInf", "RltdRmtInf", "TaxRmt", "GrnshmtRmt", "Tax"))
# The account of whom: DbtrAcct is Dbtr's, the statement's own (Acct) is its owner's.
ACCOUNTS = {f"{name}Acct": name for name in ROLES} | {"Acct": "Ownr", "ChrgsAcct": "Dbtr", "SttlmAcct": "Svcr"}
# What makes a party of an element that no table knows.
PARTY_SIGNS = frozenset(("Nm", "FinInstnId", "PrvtId", "OrgId", "BICFI", "AnyBIC"))

REFERENCES = frozenset(
    ("EndToEndId", "TxId", "UETR", "InstrId", "OrgnlEndToEndId", "OrgnlTxId", "OrgnlUETR", "OrgnlInstrId")
)
AMOUNTS = frozenset(
    ("IntrBkSttlmAmt", "InstdAmt", "RtrdIntrBkSttlmAmt", "RtrdInstdAmt", "OrgnlIntrBkSttlmAmt", "OrgnlInstdAmt", "Amt",
     "TxAmt", "RvsdIntrBkSttlmAmt", "RvsdInstdAmt")
)  # fmt: skip
VALUE_DATES = frozenset(("IntrBkSttlmDt", "ReqdExctnDt", "ReqdColltnDt", "ValDt", "OrgnlIntrBkSttlmDt"))
TEXTS = frozenset(
    ("Ustrd", "AddtlRmtInf", "InstrInf", "AddtlTxInf", "AddtlNtryInf", "AddtlInf", "AddtlNtfctnInf", "AddtlStmtInf",
     "AddtlRptInf", "Nrrtv", "Ctgy", "SplmtryData", "Rsn", "Inf", "DtlsInf", "PmtRmk", "Desc", "AddtlDtls", "SbjtMttr")
)  # fmt: skip
# Parts of an address in which another name may stand.
NAMING = frozenset(("AdrLine", "CareOf", "BldgNm", "Dept", "SubDept"))
BICS = frozenset(("BICFI", "BIC", "AnyBIC", "BICOrBEI", "BEI"))
NUMBERS = {**dict.fromkeys(BICS, "swift/bic"), "LEI": "lei", "IBAN": "iban", "TaxId": "tax id"}
OWN_NUMBERS = frozenset(("MmbId", "RegnId", "PrtryId", "Id"))
BORN_OR_LIVES = {
    "CtryOfRes": "residences", "BirthDt": "births", "CityOfBirth": "places", "PrvcOfBirth": "places",
    "CtryOfBirth": "places",
}  # fmt: skip
# The amount of a charge is not that of the payment.
CHARGES = frozenset(("Chrgs", "ChrgsInf", "Rcrd", "TtlChrgsAndTaxAmt"))
# Codes of identification schemes (ExternalPersonIdentification1Code, ExternalOrganisationIdentification1Code).
SCHEMES = {
    "CCPT": "passport", "NIDN": "identification", "DRLC": "driving license", "TXID": "tax id", "ARNU": "identification",
    "SOSE": "identification", "COID": "registration number", "SRCO": "registration number", "DUNS": "duns number",
    "LEI": "lei",
}  # fmt: skip
# Numbers that one institution gave: they say nothing outside it.
PRIVATE_SCHEMES = frozenset(("CUST", "EMPL", "BANK", "CHID", "CINC", "GS1G", "IBEI"))

# Leaves that can hold neither a name nor a number of a party; the text of any leaf that is in no table is free text.
PLAIN = frozenset(
    ("Cd", "Prtry", "SvcLvl", "InstrPrty", "SttlmPrty", "ChrgBr", "SeqTp", "ClrChanl", "ClrSysRef", "PmtMtd",
     "BtchBookg", "AccptncDtTm", "CreDtTm", "CreDt", "Dt", "DtTm", "DbtDtTm", "CdtDtTm", "PoolgAdjstmntDt", "XchgRate",
     "UnitCcy", "SrcCcy", "TrgtCcy", "QtnDt", "CtrctId", "CdtDbtInd", "Nb", "RltdDt", "Ref", "TaxAmt", "DuePyblAmt",
     "DscntApldAmt", "CdtNoteAmt", "RmtdAmt", "Amt", "AdjstmntAmtAndRsn", "OrgnlMsgId", "OrgnlMsgNmId",
     "OrgnlCreDtTm", "RtrId", "StsId", "TxSts", "CxlId", "MndtId", "DtOfSgntr", "AmdmntInd", "Frqcy", "FrstColltnDt",
     "FnlColltnDt", "ElctrncSgntr", "PmtInfId", "AcctSvcrRef", "MsgId", "Ccy", "AdrTp", "Issr", "Tp", "Id", "MmbId",
     "Ctry", "DbtCdtRptgInd", "NtryRef", "Sts", "RvslInd", "FctvIntrBkSttlmDt", "RmtId", "Mtd", "CtrlSum", "NbOfTxs",
     "Purp", "TaxTp", "RegnId", "TaxId", "Titl", "NmPrfx", "JobTitl", "PrefrdMtd", "SttlmMtd", "ChqNb", "Yr",
     "FrDt", "ToDt", "Rate", "TtlTaxAmt", "TtlTaxblBaseAmt", "TaxblBaseAmt", "Tpe", "TpOfPmt", "ReqId", "Chrgs",
     "TtlAmt", "SttlmDt", "FmlyMdlNb", "SubFmlyCd", "BookgDt", "OrgnlNbOfTxs", "GrpSts", "NtryDt", "DispRef",
     "TradgDt", "PrtlTrfInd", "RjctgPtyRsn", "RjctnDtTm", "ErrLctn", "EvtCd", "EvtParam", "EvtTm", "OrgnlPmtInfId",
     "ReqdColltnDt", "Grtd", "Urgcy", "TxRef", "ShrtNb", "SubFmly", "PrcgDt", "ClrSysId", "SqncNb", "Sqnc", "OrgnlRef",
     "IntrBkSttlmAmt")
)  # fmt: skip
PLAIN_ENDS = ("Amt", "Dt", "DtTm", "Tm", "Ind", "Ref", "Ccy", "Nb", "NbOfTxs", "Qty", "Rate", "Sum", "Cd")


def is_plain(name: str) -> bool:
    """Whether what a leaf of this name holds is a code, a date, an amount, a reference."""
    return name in PLAIN or name.endswith(PLAIN_ENDS)


CONTACT_LEAVES = {
    "PhneNb": Detail.PHONE, "MobNb": Detail.PHONE, "FaxNb": Detail.PHONE, "EmailAdr": Detail.EMAIL,
}  # fmt: skip
KIND_SIGNS = {"PrvtId": Kind.PERSON, "OrgId": Kind.ORGANIZATION, "FinInstnId": Kind.ORGANIZATION}
