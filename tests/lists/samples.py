"""Small lists in each publisher's form, with invented people, for tests that need no real file."""

import gzip
from pathlib import Path

UN = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2030-05-06T00:00:00Z">
  <INDIVIDUALS>
    <INDIVIDUAL>
      <DATAID>101</DATAID><VERSIONNUM>1</VERSIONNUM>
      <FIRST_NAME>IDRISS</FIRST_NAME><SECOND_NAME>OULD</SECOND_NAME><THIRD_NAME>SALEM</THIRD_NAME>
      <FOURTH_NAME>EL KOURI</FOURTH_NAME>
      <UN_LIST_TYPE>Testland</UN_LIST_TYPE><REFERENCE_NUMBER>TTi.001</REFERENCE_NUMBER>
      <LISTED_ON>2011-02-03</LISTED_ON><NAME_ORIGINAL_SCRIPT>إدريس ولد سالم الكوري</NAME_ORIGINAL_SCRIPT>
      <GENDER>Male</GENDER><COMMENTS1>Cousin of Marius Feld (TTi.002).</COMMENTS1>
      <TITLE><VALUE>Haji</VALUE></TITLE><DESIGNATION><VALUE>Treasurer</VALUE></DESIGNATION>
      <NATIONALITY><VALUE>Mauritania</VALUE><VALUE>Mali</VALUE></NATIONALITY>
      <LAST_DAY_UPDATED><VALUE>2014-01-07</VALUE></LAST_DAY_UPDATED>
      <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Idris Wuld Salim</ALIAS_NAME></INDIVIDUAL_ALIAS>
      <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Abu Talha; "The Clerk"</ALIAS_NAME></INDIVIDUAL_ALIAS>
      <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Idrissa Koury</ALIAS_NAME>
        <NOTE>formerly listed as. In Arabic: إدريسا كوري</NOTE></INDIVIDUAL_ALIAS>
      <INDIVIDUAL_ADDRESS><STREET>Rue 7</STREET><CITY>Nouakchott</CITY><COUNTRY>Mauritania</COUNTRY>
      </INDIVIDUAL_ADDRESS>
      <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1971-03-04</DATE></INDIVIDUAL_DATE_OF_BIRTH>
      <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1968</FROM_YEAR><TO_YEAR>1970</TO_YEAR>
      </INDIVIDUAL_DATE_OF_BIRTH>
      <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1969</YEAR></INDIVIDUAL_DATE_OF_BIRTH>
      <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><NOTE>24/06/1402 (Hijri Calendar)</NOTE>
      </INDIVIDUAL_DATE_OF_BIRTH>
      <INDIVIDUAL_PLACE_OF_BIRTH><CITY>Atar</CITY><COUNTRY>Mauritania</COUNTRY></INDIVIDUAL_PLACE_OF_BIRTH>
      <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>Service passport no. XK991122</NUMBER>
        <ISSUING_COUNTRY>Mali</ISSUING_COUNTRY><DATE_OF_ISSUE>2005-06-07</DATE_OF_ISSUE>
        <NOTE>expires on 6 June 2010</NOTE></INDIVIDUAL_DOCUMENT>
      <SHOE_SIZE>44</SHOE_SIZE>
    </INDIVIDUAL>
    <INDIVIDUAL>
      <DATAID>102</DATAID><FIRST_NAME>MARIUS</FIRST_NAME><SECOND_NAME>FELD</SECOND_NAME>
      <UN_LIST_TYPE>Testland</UN_LIST_TYPE><REFERENCE_NUMBER>TTi.002</REFERENCE_NUMBER>
      <NATIONALITY><VALUE>na</VALUE></NATIONALITY>
    </INDIVIDUAL>
  </INDIVIDUALS>
  <ENTITIES>
    <ENTITY><DATAID>103</DATAID><FIRST_NAME>SAHEL GRAIN TRADERS</FIRST_NAME>
      <REFERENCE_NUMBER>TTe.001</REFERENCE_NUMBER></ENTITY>
  </ENTITIES>
</CONSOLIDATED_LIST>
"""

SDN = """<?xml version="1.0" standalone="yes"?>
<sdnList xmlns="http://tempuri.org/sdnList.xsd">
  <publshInformation><Publish_Date>05/06/2030</Publish_Date><Record_Count>2</Record_Count></publshInformation>
  <sdnEntry><uid>501</uid><firstName>Nadia</firstName><lastName>BERKANE</lastName><title>Director; Sheikh</title>
    <sdnType>Individual</sdnType><remarks>(Linked To: SAHEL GRAIN TRADERS)</remarks>
    <programList><program>TESTPROG</program></programList>
    <idList><id><uid>1</uid><idType>Passport</idType><idNumber>P0099</idNumber><idCountry>Tunisia</idCountry>
      <issueDate>01 Feb 2003</issueDate></id>
      <id><uid>2</uid><idType>Gender</idType><idNumber>Female</idNumber></id>
      <id><uid>3</uid><idType>Website</idType><idNumber>www.example.org</idNumber></id></idList>
    <akaList><aka><uid>9</uid><type>a.k.a.</type><category>weak</category><lastName>LA CAISSE</lastName></aka>
      <aka><uid>10</uid><type>f.k.a.</type><category>strong</category><lastName>BERQANI</lastName>
        <firstName>Nadya</firstName></aka></akaList>
    <dateOfBirthList><dateOfBirthItem><uid>4</uid><dateOfBirth>circa 1966</dateOfBirth></dateOfBirthItem>
    </dateOfBirthList>
  </sdnEntry>
  <sdnEntry><uid>502</uid><lastName>SAHEL GRAIN TRADERS</lastName><sdnType>Entity</sdnType>
    <programList><program>TESTPROG</program></programList></sdnEntry>
</sdnList>
"""

SDN_CSV = (
    '601,"BERKANE, Nadia",individual,TESTPROG] [OTHER,Minister of Ports,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
    '"DOB 04 Mar 1971; alt. DOB circa 1969; POB Sfax, Tunisia; nationality Tunisia; Gender Female; '
    "Passport P0099 (Tunisia) issued 01 Feb 2003 expires 31 Jan 2008; a.k.a. 'LA CAISSE'; currently at large; "
    'Linked To: SAHEL GRAIN TRADERS."\n'
    "602,SAHEL STAR,vessel,TESTPROG,-0- ,5ABC,Tug,-0- ,640,Panama,-0- ,"
    '"Vessel Registration Identification IMO 9074729; MMSI 572469210."\n'
)
ALT_CSV = '601,1,fka,"BERQANI, Nadya",-0- \n602,2,aka,SAHEL ASTRE,-0- \n'
ADD_CSV = '601,1,"12 Rue du Port","Sfax 3000","Tunisia",-0- \n\x1a'
TARGETS = (
    '"id","schema","name","aliases","birth_date","countries","addresses","identifiers","sanctions","phones","emails",'
    '"dataset","first_seen","last_seen","last_change"\n'
    '"T-1","Person","Nadia Berkane","Nadya Berqani;""Berkane; Nadia""","1971-03-04;1969","tn;fr",'
    '"12 Rue du Port, Sfax","P0099",'
    '"""Notice - 1) Fraud\n2) Theft; and more""","","","Test Notices","2030-01-01T00:00:00","2030-01-02T00:00:00",""\n'
    '"T-2","Position","Minister","","","","","","","","","Test Notices","","",""\n'
)
FTM = "\n".join((
    '{"id":"s-1","schema":"Sanction","properties":{"entity":["p-1"],"authority":["Court"],"listingDate":["2011-02-03"]}}',
    '{"id":"a-1","schema":"Address","properties":{"full":["12 Rue du Port, Sfax"],"country":["tn"]}}',
    '{"id":"p-1","caption":"Nadia Berkane","schema":"Person","datasets":["tests"],"properties":{"name":["N. Berkane",'
    '"Nadia Berkane"],"weakAlias":["La Caisse"],"previousName":["Nadya Berqani"],"birthDate":["1971-03"],'
    '"nationality":["tn"],"gender":["female"],"addressEntity":["a-1"],"wikidataId":["Q42"]}}',
    '{"id":"d-1","schema":"Passport","properties":{"holder":["p-1"],"number":["P0099"],"country":["tn"]}}',
    '{"id":"l-1","schema":"Ownership","properties":{"owner":["p-1"],"asset":["o-1"],"role":["majority"]}}',
    '{"id":"o-1","schema":"PublicBody","properties":{"name":["Sfax Harbor Office"]}}',
    '{"id":"x-1","schema":"Payment","properties":{"payer":["o-1"]}}',
)) + "\n"  # fmt: skip


def save(folder: Path, name: str, text: str | bytes) -> Path:
    """The sample as a file; gzipped where the name ends so."""
    data = text.encode() if isinstance(text, str) else text
    path = folder / name
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


def save_ofac_csv(folder: Path) -> Path:
    """The three CSV files; the path of the main one."""
    save(folder, "alt.csv", ALT_CSV)
    save(folder, "add.csv", ADD_CSV)
    return save(folder, "sdn.csv", SDN_CSV)
