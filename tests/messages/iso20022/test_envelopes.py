"""Messages as they really come: wrapped, nested, several in a file, in any encoding."""

from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from tahaluf.messages.formats import format_of
from tests.messages.iso20022.samples import DEBTOR, NAMESPACE, message, read_text, transaction

ALONE = message(transaction())
HEADER = (
    '<AppHdr xmlns="urn:iso:std:iso:20022:tech:xsd:head.001.001.02"><Fr><FIId><FinInstnId><BICFI>DEUTDEFF</BICFI>'
    "</FinInstnId></FIId></Fr><BizMsgIdr>B-1</BizMsgIdr><MsgDefIdr>pacs.008.001.08</MsgDefIdr></AppHdr>"
)
SOAP = '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>{}</s:Body></s:Envelope>'
WRAPPED = {
    "header": f"<Message>{HEADER}{ALONE}</Message>",
    "soap": SOAP.format(ALONE),
    "saa": f'<Saa:DataPDU xmlns:Saa="urn:swift:saa:xsd:saa.2.0"><Saa:Body>{HEADER}{ALONE}</Saa:Body></Saa:DataPDU>',
    "fednow": f'<FedNowIncoming xmlns="urn:fednow:incoming:v001"><M>{HEADER}{ALONE}</M></FedNowIncoming>',
    "no namespace": ALONE.replace(f' xmlns="{NAMESPACE}"', ""),
    "prefix": ALONE.replace("</", "</p:").replace("<", "<p:").replace("<p:/p:", "</p:").replace("xmlns=", "xmlns:p="),
    "cdata": SOAP.format(f"<Payload><![CDATA[<?xml version='1.0'?>{ALONE}]]></Payload>"),
    "escaped": SOAP.format(f"<Payload>{escape(ALONE)}</Payload>"),
    "escaped twice": SOAP.format(f"<Payload>{escape(f'<Document>{escape(ALONE)}</Document>')}</Payload>"),
    "comments": ALONE.replace("<Dbtr>", "<!-- </CdtTrfTxInf> --><Dbtr>"),
    "declaration and blanks": f"\n\n  <?xml version='1.0'?>\n{ALONE}",
    "version of tomorrow": ALONE.replace("pacs.008.001.08", "pacs.008.001.99"),
    "attributes": ALONE.replace("<CdtTrfTxInf>", "<CdtTrfTxInf Id='>1'>"),
    "blank in the end tag": ALONE.replace("</CdtTrfTxInf>", "</CdtTrfTxInf >"),
    "fragments": f"<Document><FIToFIPmtStsRpt><OrgnlGrpInfAndSts><StsRsnInf><AddtlInf><![CDATA[{ALONE[:200]}]]>"
    f"</AddtlInf><AddtlInf><![CDATA[{ALONE[200:]}]]></AddtlInf></StsRsnInf></OrgnlGrpInfAndSts></FIToFIPmtStsRpt></Document>",
}  # fmt: skip


@pytest.mark.parametrize("form", WRAPPED)
def test_a_message_is_read_the_same_in_any_envelope(form: str, tmp_path: Path):
    plain = read_text(tmp_path, ALONE)
    reading = read_text(tmp_path, WRAPPED[form])
    assert (reading.units, reading.names(), reading.rejected()) == (1, plain.names(), [])
    keys = ("id", "names", "documents", "role", "kind", "field", "details")
    assert [[row[key] for key in keys] for row in reading.rows] == [[row[key] for key in keys] for row in plain.rows]


def test_several_documents_of_a_file_are_counted_on(tmp_path: Path):
    reading = read_text(tmp_path, "\n".join([f"<?xml version='1.0'?>{ALONE}"] * 3))
    assert (reading.units, [row["unit"] for row in reading.rows if row["role"] == "debtor"]) == (3, [1, 2, 3])
    assert reading.codes() == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_any_encoding_is_read(encoding: str, tmp_path: Path):
    text = message(transaction(debtor="<Dbtr><Nm>خالد البكري</Nm></Dbtr>"))
    assert "خالد البكري" in read_text(tmp_path, text, encoding).names()


def test_a_declared_encoding_is_obeyed(tmp_path: Path):
    text = "<?xml version='1.0' encoding='windows-1256'?>" + message(transaction(debtor="<Dbtr><Nm>خالد</Nm></Dbtr>"))
    assert "خالد" in read_text(tmp_path, text, "windows-1256").names()


def test_other_bytes_in_utf_8_are_read_as_windows_1252_and_told(tmp_path: Path):
    reading = read_text(tmp_path, ALONE.encode("latin-1"))
    assert "Société Atlas SARL" in reading.names()
    assert reading.codes() == ["encoding"]


def test_junk_in_front_is_told_and_passed_over(tmp_path: Path):
    reading = read_text(tmp_path, f"QUEUE HEADER 17\n{ALONE}")
    assert (reading.units, reading.codes()) == (1, ["junk"])


def test_references_to_characters_are_resolved(tmp_path: Path):
    text = message(transaction(debtor="<Dbtr><Nm>Benali &amp; Fils &#233; &lt;Sud&gt;</Nm></Dbtr>"))
    assert "Benali & Fils é <Sud>" in read_text(tmp_path, text).names()


def test_a_message_without_transactions_is_read_and_told_to_have_none(tmp_path: Path):
    space = "urn:iso:std:iso:20022:tech:xsd:admi.004.001.02"
    body = "<SysEvtNtfctn><EvtInf><EvtCd>PING</EvtCd></EvtInf></SysEvtNtfctn>"
    reading = read_text(tmp_path, f'<Document xmlns="{space}">{body}</Document>')
    assert (reading.units, reading.rows, reading.codes()) == (0, [], ["no_transaction"])


@pytest.mark.parametrize(
    "text",
    [
        "<CONSOLIDATED_LIST><INDIVIDUALS/></CONSOLIDATED_LIST>",
        '<IATA_PNRGOV_NotifRQ xmlns="http://www.iata.org/IATA/2007/00"><PNR/></IATA_PNRGOV_NotifRQ>',
        "name,birth_date\nAwa,1990\n",
        '{"name": "Awa", "xml": "<Document><FIToFICstmrCdtTrf> "}',
        "UNA:+.? 'UNB+UNOA:4+A+B'",
    ],
)
def test_other_files_are_left_to_other_readers(text: str):
    form = format_of(text.encode())
    assert form is None or form.name != "iso20022"


def test_a_payment_is_known_by_its_content():
    for text in (ALONE, *WRAPPED.values()):
        form = format_of(text.encode())
        assert form is not None and form.name == "iso20022"
    assert DEBTOR in ALONE
