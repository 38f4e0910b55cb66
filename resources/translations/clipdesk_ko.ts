<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR">
<context>
    <name></name>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>%Ln label(s) deleted.</source>
        <translation>
            <numerusform>라벨 %Ln개를 삭제했습니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>%Ln example(s) of “{label}” added.</source>
        <translation>
            <numerusform>“{label}” 라벨에 예시 %Ln장을 추가했습니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/commands/document_commands.py"/>
        <location filename="../../clipdesk/gui/results/filter_menu.py"/>
        <source>%Ln label(s)</source>
        <translation>
            <numerusform>라벨 %Ln개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>%Ln sidecar(s)</source>
        <translation>
            <numerusform>사이드카 %Ln개</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>“{name}” was left alone, because {reason}.</source>
        <translation>“{name}” 파일은 그대로 두었습니다. 이유: {reason}.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>%Ln sidecar(s) were left alone, the first, “{name}”, because {reason}.</source>
        <translation>
            <numerusform>사이드카 %Ln개는 그대로 두었습니다. 첫 번째인 “{name}”의 이유: {reason}.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/opening.py"/>
        <source>No program on this computer opens “{file}” for ClipDesk.</source>
        <translation>이 컴퓨터에는 ClipDesk 대신 “{file}” 파일을 열 수 있는 프로그램이 없습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/opening.py"/>
        <source>No file manager on this computer shows “{file}” for ClipDesk.</source>
        <translation>이 컴퓨터에는 “{file}” 파일을 보여 줄 파일 관리자가 없습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/opening.py"/>
        <source>This copy of ClipDesk does not say where new versions are published. It is version {version}.</source>
        <translation>이 ClipDesk에는 새 버전이 올라오는 주소가 들어 있지 않습니다. 현재 버전은 {version}입니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/opening.py"/>
        <source>No browser opened. New versions are at {address}.</source>
        <translation>브라우저를 열지 못했습니다. 새 버전은 {address}에서 받을 수 있습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/opening.py"/>
        <source>On Linux, install the package xdg-utils.</source>
        <translation>Linux에서는 xdg-utils 패키지를 설치하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/problems.py"/>
        <source>Details…</source>
        <translation>자세히…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/status.py"/>
        <source>{size} sent</source>
        <translation>{size} 보냄</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/status.py"/>
        <source>the server asks us to wait {seconds} s</source>
        <translation>서버 요청으로 {seconds}초 대기 중</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/status.py"/>
        <source>no answer, trying again in {seconds} s</source>
        <translation>응답 없음, {seconds}초 후 다시 시도</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/status.py"/>
        <source>{count} at once</source>
        <translation>동시에 {count}개</translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/commands/teaching_commands.py"/>
        <source>Learned from {pictures}: %Ln other label(s) have changed.</source>
        <translation>
            <numerusform>{pictures}에서 학습했습니다. 다른 라벨 %Ln개가 바뀌었습니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/commands/teaching_commands.py"/>
        <source>%Ln other label(s) would change, as learned from {pictures}. A short check tells if that is better.</source>
        <translation>
            <numerusform>{pictures}에서 학습한 대로라면 다른 라벨 %Ln개가 바뀝니다. 더 나은지는 짧은 점검으로 알 수 있습니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>%Ln answer(s)</source>
        <translation>
            <numerusform>답변 %Ln개</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>As typed</source>
        <translation>입력한 그대로</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>No pictures are scored yet.</source>
        <translation>아직 점수가 계산된 사진이 없습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>Both label all {pictures} alike.</source>
        <translation>두 표현 모두 {pictures}에 같은 라벨을 붙입니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>{percent} % the same</source>
        <translation>{percent}% 일치</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>{share} · {differing} of {total} differ</source>
        <translation>{share} · {total} 중 {differing}장 다름</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>{b} is right in {right_b} of {decided}. That is very unlikely to be chance.</source>
        <translation>{decided}장 중 {right_b}장에서 {b} 쪽이 맞았습니다. 우연일 가능성은 매우 낮습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>{a} is right in {right_a} of {decided}. That is very unlikely to be chance.</source>
        <translation>{decided}장 중 {right_a}장에서 {a} 쪽이 맞았습니다. 우연일 가능성은 매우 낮습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>No clear difference: {a} is right in {right_a} and {b} in {right_b} of {decided}.</source>
        <translation>뚜렷한 차이가 없습니다. {decided}장 중 {a} 쪽은 {right_a}장, {b} 쪽은 {right_b}장에서 맞았습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>All judged: {a} is right in {right_a}, {b} in {right_b}, neither in {neither}.</source>
        <translation>모두 판정했습니다. {a} 쪽 {right_a}장, {b} 쪽 {right_b}장이 맞았고, {neither}장은 둘 다 아니었습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>No difference yet: neither was right so far.</source>
        <translation>아직 차이가 없습니다. 지금까지는 둘 다 맞지 않았습니다.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>No difference yet; about %Ln more answer(s) would tell.</source>
        <translation>
            <numerusform>아직 차이가 없습니다. 답변이 약 %Ln개 더 있으면 알 수 있습니다.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>No difference yet.</source>
        <translation>아직 차이가 없습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>Hint: both sort the pictures into equally clear groups. Judge some to find out more.</source>
        <translation>참고: 두 표현 모두 사진을 비슷하게 뚜렷한 그룹으로 나눕니다. 몇 장을 판정하면 더 알 수 있습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>Hint: {wording} sorts the pictures into clearer groups. Judge some to be sure.</source>
        <translation>참고: {wording} 쪽이 사진을 더 뚜렷한 그룹으로 나눕니다. 몇 장을 판정해 확인하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>{wordings} cannot be told apart on these pictures.</source>
        <translation>이 사진들로는 {wordings} 사이의 차이를 알 수 없습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>Best: {wordings}</source>
        <translation>가장 좋음: {wordings}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>then {wordings}</source>
        <translation>다음: {wordings}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>{wordings} cannot be told apart.</source>
        <translation>{wordings} 사이의 차이는 알 수 없습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>{others} and {last}</source>
        <translation>{others}, {last}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>{answers} · {pictures} left</source>
        <translation>{answers} · {pictures} 남음</translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>Count the %Ln picture(s) I labelled before</source>
        <translation>
            <numerusform>전에 직접 라벨을 붙인 사진 %Ln장도 포함</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/formats.py"/>
        <source>CSV, for spreadsheets</source>
        <translation>CSV(스프레드시트용)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/formats.py"/>
        <source>Table for spreadsheets</source>
        <translation>스프레드시트용 표</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/formats.py"/>
        <source>JSON Lines, for programs</source>
        <translation>JSON Lines(프로그램용)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/formats.py"/>
        <source>JSON Lines</source>
        <translation>JSON Lines</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/formats.py"/>
        <source>Keywords in XMP sidecars, for photo programs</source>
        <translation>XMP 사이드카의 키워드(사진 프로그램용)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/formats.py"/>
        <source>Hugging Face ImageFolder, for training</source>
        <translation>Hugging Face ImageFolder(모델 훈련용)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/formats.py"/>
        <source>Embeddings for numpy (.npz)</source>
        <translation>numpy용 임베딩(.npz)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/formats.py"/>
        <source>Arrays of numpy</source>
        <translation>numpy 배열</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/formats.py"/>
        <source>Embeddings as Parquet</source>
        <translation>Parquet 임베딩</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/formats.py"/>
        <source>Parquet</source>
        <translation>Parquet</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/kit/number_texts.py"/>
        <location filename="../../clipdesk/gui/kit/translation.py"/>
        <location filename="../../clipdesk/gui/review/words.py"/>
        <source>{percent} %</source>
        <translation>{percent}%</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/kit/value_switch.py"/>
        <location filename="../../clipdesk/gui/results/gallery/captions.py"/>
        <location filename="../../clipdesk/gui/session/match_words.py"/>
        <source>Similarity</source>
        <translation>유사도</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/kit/value_switch.py"/>
        <source>Sim.</source>
        <translation>유사도</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/kit/value_switch.py"/>
        <source>Probability</source>
        <translation>확률</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/kit/value_switch.py"/>
        <source>Prob.</source>
        <translation>확률</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/kit/value_switch.py"/>
        <source>Show how well each label fits the picture (cosine similarity)</source>
        <translation>각 라벨이 사진에 얼마나 맞는지 표시(코사인 유사도)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/kit/value_switch.py"/>
        <source>Show how likely each label is compared with the others</source>
        <translation>다른 라벨과 비교해 각 라벨이 얼마나 가능성 있는지 표시</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/kit/value_switch.py"/>
        <source>Table</source>
        <translation>표</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/kit/value_switch.py"/>
        <source>Show the pictures in a table (Ctrl+T)</source>
        <translation>사진을 표로 보기(Ctrl+T)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/kit/value_switch.py"/>
        <source>Gallery</source>
        <translation>갤러리</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/kit/value_switch.py"/>
        <source>Show the pictures as a gallery (Ctrl+T)</source>
        <translation>사진을 갤러리로 보기(Ctrl+T)</translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/kit/words.py"/>
        <source>%Ln picture(s)</source>
        <translation>
            <numerusform>사진 %Ln장</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/kit/words.py"/>
        <source>The file no longer exists. Its earlier scores are shown.</source>
        <translation>파일이 더 이상 없습니다. 이전 점수를 표시합니다.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/labels/drop_zones.py"/>
        <source>Use as example(s) of {label}</source>
        <translation>
            <numerusform>{label} 예시로 사용</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/labels/drop_zones.py"/>
        <source>Use as example(s)|As example(s)|Example(s)</source>
        <translation>
            <numerusform>예시로 사용|예시로|예시</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/drop_zones.py"/>
        <source>Correct to {label}</source>
        <translation>{label}: 라벨 수정</translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Delete %Ln label(s)</source>
        <translation>
            <numerusform>라벨 %Ln개 삭제</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/labels/model.py"/>
        <source>%Ln label(s) already exist.</source>
        <translation>
            <numerusform>라벨 %Ln개는 이미 있습니다.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/loading/picture_loader.py"/>
        <source>There is not enough memory to show this picture.</source>
        <translation>메모리가 부족해 이 사진을 표시할 수 없습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/loading/picture_loader.py"/>
        <source>This picture cannot be shown.</source>
        <translation>이 사진을 표시할 수 없습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/facts_grid.py"/>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/facts_grid.py"/>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/facts_grid.py"/>
        <source>{width} × {height} px</source>
        <translation>{width} × {height}px</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/facts_grid.py"/>
        <source>Pixels</source>
        <translation>픽셀</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/facts_grid.py"/>
        <source>Format</source>
        <translation>형식</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/facts_grid.py"/>
        <source>{format}, {colours}</source>
        <translation>{format}, {colours}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/facts_grid.py"/>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/facts_grid.py"/>
        <source>Taken</source>
        <translation>찍은 날짜</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/facts_grid.py"/>
        <source>Camera</source>
        <translation>카메라</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/facts_grid.py"/>
        <source>Modified</source>
        <translation>수정한 날짜</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/score_bars.py"/>
        <source>{name}: {probability} % · cosine similarity {cosine}. The similarity says how well picture and label match, from −1 to 1. The probability compares it with the other labels.</source>
        <translation>{name}: {probability}% · 코사인 유사도 {cosine}. 유사도는 사진과 라벨이 얼마나 맞는지를 −1에서 1까지의 값으로 나타냅니다. 확률은 이를 다른 라벨과 비교한 값입니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/score_bars.py"/>
        <source>Pictures resemble example pictures more than words. So that this label does not outweigh the others, its similarity is first put on their scale.</source>
        <translation>사진은 단어보다 예시 사진과 더 비슷하게 나옵니다. 이 라벨이 다른 라벨보다 유리해지지 않도록, 먼저 유사도를 같은 기준으로 맞춥니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/score_bars.py"/>
        <source>{name}: cosine similarity {cosine}. It says how well picture and label match, from −1 to 1. The bar compares it with the other pictures.</source>
        <translation>{name}: 코사인 유사도 {cosine}. 사진과 라벨이 얼마나 맞는지를 −1에서 1까지의 값으로 나타냅니다. 막대는 이를 다른 사진과 비교합니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/score_bars.py"/>
        <location filename="../../clipdesk/gui/results/gallery/captions.py"/>
        <source>unsure</source>
        <translation>불확실</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/score_bars.py"/>
        <source>none of these</source>
        <translation>해당 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/score_bars.py"/>
        <source>can&apos;t be read</source>
        <translation>읽을 수 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/score_bars.py"/>
        <source>not labelled yet</source>
        <translation>아직 라벨 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/score_bars.py"/>
        <source>{name}: {count} of {total}</source>
        <translation>{name}: {total} 중 {count}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/captions.py"/>
        <source>learned</source>
        <translation>학습됨</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/captions.py"/>
        <source>by you</source>
        <translation>직접 지정</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/captions.py"/>
        <source>confirmed</source>
        <translation>확인됨</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/captions.py"/>
        <source>file is gone</source>
        <translation>파일 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/captions.py"/>
        <source>Waiting</source>
        <translation>대기 중</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/captions.py"/>
        <location filename="../../clipdesk/gui/session/match_words.py"/>
        <source>Match</source>
        <translation>일치도</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/captions.py"/>
        <source>Ranked by similarity to {label}</source>
        <translation>{label} 유사도순</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/captions.py"/>
        <location filename="../../clipdesk/gui/session/verdict.py"/>
        <source>None of these</source>
        <translation>해당 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/captions.py"/>
        <location filename="../../clipdesk/gui/session/verdict.py"/>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Can&apos;t be read</source>
        <translation>읽을 수 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/captions.py"/>
        <location filename="../../clipdesk/gui/session/verdict.py"/>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Not labelled yet</source>
        <translation>아직 라벨 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/captions.py"/>
        <location filename="../../clipdesk/gui/session/verdict.py"/>
        <source>No labels yet</source>
        <translation>라벨 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/words.py"/>
        <source>No picture looked at yet.</source>
        <translation>아직 살펴본 사진이 없습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/words.py"/>
        <source>{pictures} looked at. The automatic label was right for {right}.</source>
        <translation>{pictures}을 살펴보았습니다. 그중 {right}장은 자동 라벨이 맞았습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/words.py"/>
        <source>{count} unsure, taken as wrong.</source>
        <translation>불확실한 {count}장은 틀린 것으로 봅니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/words.py"/>
        <source>All {pictures} looked at</source>
        <translation>{pictures} 모두 살펴봄</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/words.py"/>
        <source>About {wrong} of {total} wrong ({range})</source>
        <translation>{total} 중 약 {wrong} 틀림({range})</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/words.py"/>
        <source>{low} to {high}</source>
        <translation>{low}~{high}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/words.py"/>
        <source>There is nothing left to look at.</source>
        <translation>더 살펴볼 사진이 없습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/words.py"/>
        <source>That is enough: at most {percent} of the others are wrong, as far as this sample can tell.</source>
        <translation>충분합니다. 이 표본으로 보면 나머지 중 많아야 {percent}만 틀렸습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/words.py"/>
        <source>Not enough yet to say that at most {share} are wrong. Next look after {count} answers.</source>
        <translation>많아야 {share}만 틀렸다고 말하기에는 아직 부족합니다. 답변 {count}개 뒤에 다시 계산합니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/words.py"/>
        <source>The most doubtful pictures come first: wrong labels are found fastest, but the rest is not estimated.</source>
        <translation>가장 의심스러운 사진부터 나옵니다. 틀린 라벨을 가장 빨리 찾지만, 나머지 사진의 오류는 추정하지 않습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/words.py"/>
        <source>{pictures} got another label since this round began. The figures are about the labels as they were.</source>
        <translation>이번 검토를 시작한 뒤 {pictures}의 라벨이 바뀌었습니다. 수치는 이전 라벨을 기준으로 합니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/words.py"/>
        <source>You labelled {pictures} of this round before their turn. A new round estimates only the rest.</source>
        <translation>이번 검토 대상 중 {pictures}에는 차례가 오기 전에 라벨을 지정했습니다. 새 검토는 나머지만 추정합니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/words.py"/>
        <source>{pictures} not in this round.</source>
        <translation>{pictures}은 이번 검토에 포함되지 않습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/undo.py"/>
        <source>removal of {pictures}</source>
        <translation>{pictures} 제거</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/undo.py"/>
        <source>sorting of {pictures}</source>
        <translation>{pictures} 정리</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/undo.py"/>
        <source>label of {pictures}</source>
        <translation>{pictures} 라벨 지정</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/undo.py"/>
        <source>keeping of pictures that look alike</source>
        <translation>비슷한 사진 모두 보관</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/undo.py"/>
        <source>change of the threshold</source>
        <translation>기준값 변경</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/undo.py"/>
        <source>change of labels</source>
        <translation>라벨 변경</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/undo.py"/>
        <source>new label “{label}”</source>
        <translation>새 라벨 “{label}”</translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/session/undo.py"/>
        <source>%Ln new label(s)</source>
        <translation>
            <numerusform>새 라벨 %Ln개</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/undo.py"/>
        <source>deletion of “{label}”</source>
        <translation>“{label}” 삭제</translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/session/undo.py"/>
        <source>deletion of %Ln label(s)</source>
        <translation>
            <numerusform>라벨 %Ln개 삭제</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/undo.py"/>
        <source>order of the labels</source>
        <translation>라벨 순서 변경</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/undo.py"/>
        <source>change of templates</source>
        <translation>템플릿 변경</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/undo.py"/>
        <source>renaming of “{label}”</source>
        <translation>“{label}” 이름 변경</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/undo.py"/>
        <source>change of “{label}”</source>
        <translation>“{label}” 변경</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/verdict.py"/>
        <source>Unsure · {label}</source>
        <translation>불확실 · {label}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/verdict.py"/>
        <source>{label} · by you</source>
        <translation>{label} · 직접 지정</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/verdict.py"/>
        <source>{label} · confirmed</source>
        <translation>{label} · 확인됨</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/verdict.py"/>
        <source>{label} · learned</source>
        <translation>{label} · 학습됨</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/verdict.py"/>
        <source>With one label, pictures are ranked by similarity. Add a counter-label such as “something else” to get percentages.</source>
        <translation>라벨이 하나면 사진을 유사도순으로 보여 줍니다. “다른 것”처럼 비교할 라벨을 추가하면 확률이 표시됩니다.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/sorting/plan_model.py"/>
        <source>with %Ln companion(s)</source>
        <translation>
            <numerusform>딸린 파일 %Ln개 포함</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>any</source>
        <translation>없음</translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>파일 %Ln개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>%Ln folder(s)</source>
        <translation>
            <numerusform>폴더 %Ln개</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Move</source>
        <translation>이동</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Link</source>
        <translation>링크</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Copy {pictures} into {folders}</source>
        <translation>{pictures}을 {folders}로 복사</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Move {pictures} into {folders}</source>
        <translation>{pictures}을 {folders}로 이동</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Link {pictures} into {folders}</source>
        <translation>{pictures}을 {folders}에 링크</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>{files} copied.</source>
        <translation>{files}를 복사했습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>{files} moved.</source>
        <translation>{files}를 이동했습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>{files} linked.</source>
        <translation>{files}를 링크했습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>{files} copied into {folders}.</source>
        <translation>{files}를 {folders}로 복사했습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>{files} moved into {folders}.</source>
        <translation>{files}를 {folders}로 이동했습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>{files} linked into {folders}.</source>
        <translation>{files}를 {folders}에 링크했습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>“{folder}”</source>
        <translation>“{folder}” 폴더</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Copying</source>
        <translation>복사 중</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Moving</source>
        <translation>이동 중</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Linking</source>
        <translation>링크 중</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>{files} taken back.</source>
        <translation>{files}를 되돌렸습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>{files} left alone: {name} ({reason})</source>
        <translation>{files}는 그대로 두었습니다: {name}({reason})</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>{files} left alone, the first one because of: {name} ({reason})</source>
        <translation>{files}는 그대로 두었습니다. 첫 번째: {name}({reason})</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Its label</source>
        <translation>라벨에 따름</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Unsure</source>
        <translation>불확실</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>None of the labels fits</source>
        <translation>맞는 라벨 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Chosen by hand</source>
        <translation>직접 선택함</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Belongs to its picture</source>
        <translation>사진에 딸린 파일</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Its label has no folder</source>
        <translation>라벨에 폴더가 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Not probable enough</source>
        <translation>확률이 부족함</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Margin too small</source>
        <translation>격차가 너무 작음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Left out</source>
        <translation>제외함</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Already in that folder</source>
        <translation>이미 그 폴더에 있음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>The same picture is there already</source>
        <translation>같은 사진이 이미 있음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Belongs to several pictures</source>
        <translation>여러 사진에 딸려 있음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Changed since it was labelled</source>
        <translation>라벨을 붙인 뒤 변경됨</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>No longer there</source>
        <translation>더 이상 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Access refused</source>
        <translation>접근이 거부됨</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Failed</source>
        <translation>실패</translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>%Ln other picture(s) have another label because of that.</source>
        <translation>
            <numerusform>그 결과 다른 사진 %Ln장의 라벨이 바뀌었습니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>%Ln other label(s) would change. Whether for the better is not certain yet: a short check decides.</source>
        <translation>
            <numerusform>다른 라벨 %Ln개가 바뀌게 됩니다. 더 나아지는지는 아직 확실하지 않으며, 짧은 점검으로 정할 수 있습니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>Another check is worthwhile after %Ln more example(s).</source>
        <translation>
            <numerusform>예시가 %Ln개 더 모이면 다시 점검해 볼 만합니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>%Ln example(s) from you.</source>
        <translation>
            <numerusform>직접 지정한 예시 %Ln개.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>More would change little.</source>
        <translation>더 늘려도 거의 달라지지 않습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>{count} more would help.</source>
        <translation>{count}개 더 있으면 도움이 됩니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;File</source>
        <translation>파일(&amp;F)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;New desk</source>
        <translation>새 작업 공간(&amp;N)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Begin with an empty desk; this one is kept</source>
        <translation>빈 작업 공간을 시작합니다. 지금 작업 공간은 보관됩니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Open des&amp;k…</source>
        <translation>작업 공간 열기(&amp;K)…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Open a desk that was saved as a file</source>
        <translation>파일로 저장한 작업 공간을 엽니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Sa&amp;ve desk</source>
        <translation>작업 공간 저장(&amp;V)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Keep this desk as a file</source>
        <translation>이 작업 공간을 파일로 저장합니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Save &amp;desk as…</source>
        <translation>작업 공간을 다른 이름으로 저장(&amp;D)…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Save labels, corrections and the list of pictures as a file; changes are saved in it from then on</source>
        <translation>라벨과 수정 내용, 사진 목록을 파일로 저장합니다. 이후 변경 사항도 그 파일에 저장됩니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Add &amp;folder…</source>
        <translation>폴더 추가(&amp;F)…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Add all pictures in a folder</source>
        <translation>폴더에 있는 사진을 모두 추가합니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Add &amp;pictures…</source>
        <translation>사진 추가(&amp;P)…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Add individual pictures</source>
        <translation>사진을 골라 추가합니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>C&amp;ontinue with the last desk</source>
        <translation>지난 작업 공간 이어서 하기(&amp;O)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Open the pictures, labels and model of the last time again</source>
        <translation>지난번의 사진, 라벨, 모델을 다시 엽니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Look for &amp;changes</source>
        <translation>변경 사항 확인(&amp;C)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Look for new, changed and missing pictures in the open folders</source>
        <translation>열린 폴더에서 새로 생기거나 바뀌거나 없어진 사진을 찾습니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Try the &amp;samples</source>
        <translation>샘플 사진으로 해 보기(&amp;S)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Open the pictures that come with ClipDesk</source>
        <translation>ClipDesk에 들어 있는 사진을 엽니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Open &amp;labels…</source>
        <translation>라벨 열기(&amp;L)…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Load labels from a file</source>
        <translation>파일에서 라벨을 불러옵니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Save la&amp;bels…</source>
        <translation>라벨 저장(&amp;B)…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Save these labels to a file</source>
        <translation>이 라벨을 파일로 저장합니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Export…</source>
        <translation>내보내기(&amp;E)…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Save scores, keywords for photo programs, or embeddings</source>
        <translation>점수나 사진 프로그램용 키워드, 임베딩을 저장합니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>S&amp;ort into folders…</source>
        <translation>폴더로 정리(&amp;O)…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Put the pictures into folders by their labels, after a look at the plan</source>
        <translation>계획을 살펴본 뒤 사진을 라벨별 폴더에 넣습니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Quit</source>
        <translation>종료(&amp;Q)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Close ClipDesk</source>
        <translation>ClipDesk를 닫습니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Edit</source>
        <translation>편집(&amp;E)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Copy</source>
        <translation>복사(&amp;C)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Copy the selected pictures, as files and as paths</source>
        <translation>선택한 사진을 파일과 경로로 복사합니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Paste pictures</source>
        <translation>사진 붙여넣기(&amp;P)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Add pictures copied in another program</source>
        <translation>다른 프로그램에서 복사한 사진을 추가합니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Select &amp;all</source>
        <translation>모두 선택(&amp;A)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Select all pictures shown</source>
        <translation>보이는 사진을 모두 선택합니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Remove from the list</source>
        <translation>목록에서 제거(&amp;R)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Remove the selected pictures from the list; files stay</source>
        <translation>선택한 사진을 목록에서 뺍니다. 파일은 그대로 있습니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Sortin&amp;g history…</source>
        <translation>정리 기록(&amp;G)…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>See past sorts, and take them back</source>
        <translation>지난 정리를 살펴보고 되돌립니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Remove a&amp;ll pictures</source>
        <translation>모든 사진 제거(&amp;L)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Empty the list; files stay</source>
        <translation>목록을 비웁니다. 파일은 그대로 있습니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Filter</source>
        <translation>필터(&amp;F)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Show only some of the pictures</source>
        <translation>일부 사진만 봅니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Search by &amp;words…</source>
        <translation>말로 검색(&amp;W)…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Find pictures by what they show</source>
        <translation>사진에 담긴 내용으로 찾습니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>S&amp;how all pictures</source>
        <translation>모든 사진 보기(&amp;H)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Clear the filter</source>
        <translation>필터를 지웁니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Pre&amp;ferences…</source>
        <translation>환경설정(&amp;F)…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Appearance, device, storage</source>
        <translation>모양, 언어, 계산 장치, 저장 공간</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Label</source>
        <translation>라벨(&amp;L)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Label &amp;now</source>
        <translation>지금 라벨 붙이기(&amp;N)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Label all waiting pictures</source>
        <translation>대기 중인 모든 사진에 라벨을 붙입니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Pause</source>
        <translation>일시 정지(&amp;P)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Pause labelling</source>
        <translation>라벨 붙이기를 잠시 멈춥니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Cancel</source>
        <translation>취소(&amp;C)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Stop; finished scores are kept</source>
        <translation>중지합니다. 계산된 점수는 남습니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Read &amp;unreadable pictures again</source>
        <translation>읽지 못한 사진 다시 읽기(&amp;U)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Try pictures with errors again</source>
        <translation>오류가 난 사진을 다시 시도합니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Type a label</source>
        <translation>라벨 입력(&amp;T)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Go to the field for a new label</source>
        <translation>새 라벨 입력란으로 갑니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Paste la&amp;bels</source>
        <translation>라벨 붙여넣기(&amp;B)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Add each line of the copied text as a label</source>
        <translation>복사한 글을 한 줄에 하나씩 라벨로 추가합니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Re&amp;view…</source>
        <translation>검토(&amp;V)…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Look at pictures one by one, and learn how many labels are wrong</source>
        <translation>사진을 한 장씩 살펴보며 틀린 라벨이 얼마나 되는지 알아봅니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Begin a new review roun&amp;d</source>
        <translation>새 검토 시작(&amp;D)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Review all labels about which you have said nothing yet, as they are now</source>
        <translation>아직 확인하지 않은 모든 라벨을 지금 상태로 검토합니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>T&amp;emplates…</source>
        <translation>템플릿(&amp;E)…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>The words around every label, such as “a photo of a …”</source>
        <translation>“a photo of a …”처럼 모든 라벨을 감싸는 말입니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Co&amp;mpare wordings…</source>
        <translation>표현 비교(&amp;M)…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Find out which words find your pictures better</source>
        <translation>어떤 말이 사진을 더 잘 찾는지 알아봅니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Use what was lea&amp;rned</source>
        <translation>학습한 내용 사용(&amp;R)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Let your corrections improve the labels of the other pictures</source>
        <translation>직접 고친 내용으로 다른 사진의 라벨도 개선합니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>C&amp;heck what was learned…</source>
        <translation>학습한 내용 점검(&amp;H)…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Say of a few pictures which of two labels is right</source>
        <translation>사진 몇 장을 보며 두 라벨 중 맞는 것을 고릅니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Models…</source>
        <translation>모델 관리(&amp;M)…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Choose, download and delete models</source>
        <translation>모델을 선택하고 다운로드하거나 삭제합니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Ser&amp;ver settings…</source>
        <translation>서버 설정(&amp;V)…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Address, key and connection test</source>
        <translation>주소와 키, 연결 테스트</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Picture</source>
        <translation>사진(&amp;P)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Quick look</source>
        <translation>크게 보기(&amp;Q)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Show a large preview</source>
        <translation>사진을 크게 미리 봅니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Open</source>
        <translation>열기(&amp;O)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Open in the system&apos;s image viewer</source>
        <translation>시스템의 이미지 뷰어로 엽니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Reveal in file manager</source>
        <translation>파일 관리자에서 보기(&amp;R)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Show the file in its folder</source>
        <translation>파일이 있는 폴더를 엽니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Copy &amp;path</source>
        <translation>경로 복사(&amp;P)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Copy the file&apos;s path as text</source>
        <translation>파일 경로를 글로 복사합니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Find &amp;similar</source>
        <translation>비슷한 사진 찾기(&amp;S)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Show the pictures that are most similar to these</source>
        <translation>선택한 사진과 가장 비슷한 사진을 보여 줍니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Use as &amp;label</source>
        <translation>라벨로 사용(&amp;L)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Find pictures that look like this one</source>
        <translation>이 사진과 비슷한 사진을 찾습니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;View</source>
        <translation>보기(&amp;V)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Labels</source>
        <translation>라벨(&amp;L)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Show or hide the labels</source>
        <translation>라벨을 표시하거나 숨깁니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Inspector</source>
        <translation>사진 정보(&amp;I)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Show or hide the inspector</source>
        <translation>사진 정보를 표시하거나 숨깁니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Fol&amp;ders</source>
        <translation>폴더(&amp;D)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Show or hide the folders for sorting by hand</source>
        <translation>직접 정리할 폴더를 표시하거나 숨깁니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Gallery</source>
        <translation>갤러리(&amp;G)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Show the pictures as a gallery, or in a table</source>
        <translation>사진을 갤러리나 표로 봅니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Group by la&amp;bel</source>
        <translation>라벨별로 묶기(&amp;B)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Group the gallery by label</source>
        <translation>갤러리를 라벨별로 묶습니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>C&amp;ollapse all groups</source>
        <translation>모든 그룹 접기(&amp;O)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Show only the headings of the gallery&apos;s groups</source>
        <translation>갤러리 그룹의 제목만 봅니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Expand all groups</source>
        <translation>모든 그룹 펼치기(&amp;E)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Show the pictures of all groups</source>
        <translation>모든 그룹의 사진을 봅니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Larger thumbnails</source>
        <translation>썸네일 크게(&amp;L)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Larger pictures in the table or gallery</source>
        <translation>표나 갤러리의 사진을 크게 봅니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Smaller thumbnails</source>
        <translation>썸네일 작게(&amp;S)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Smaller pictures in the table or gallery</source>
        <translation>표나 갤러리의 사진을 작게 봅니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Gro&amp;ups…</source>
        <translation>묶음(&amp;U)…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>See what is in the pictures, and make labels of it</source>
        <translation>사진에 무엇이 있는지 보고 라벨로 만듭니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Duplicates…</source>
        <translation>중복 사진(&amp;D)…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>See copies, bursts and similar pictures, and move all but one away</source>
        <translation>복사본, 연속 촬영, 비슷한 사진을 보고 하나만 남기고 옮깁니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Similarit&amp;y in the columns</source>
        <translation>열에 유사도 표시(&amp;Y)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Show how well each label fits the picture</source>
        <translation>각 라벨이 사진에 얼마나 맞는지 표시합니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Full screen</source>
        <translation>전체 화면(&amp;F)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Use the whole screen</source>
        <translation>화면 전체를 사용합니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Help</source>
        <translation>도움말(&amp;H)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;First steps…</source>
        <translation>시작하기(&amp;F)…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>How to label pictures, in five steps</source>
        <translation>사진에 라벨을 붙이는 다섯 단계</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Keys…</source>
        <translation>단축키(&amp;K)…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>All keys of the window, and how to change them</source>
        <translation>모든 단축키를 보고 바꿉니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Check for &amp;updates</source>
        <translation>업데이트 확인(&amp;U)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Open the page of new versions in the browser</source>
        <translation>새 버전 페이지를 브라우저에서 엽니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Licences…</source>
        <translation>라이선스(&amp;L)…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Licences of ClipDesk and of the software that it uses</source>
        <translation>ClipDesk와 사용된 소프트웨어의 라이선스</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;About ClipDesk</source>
        <translation>ClipDesk 정보(&amp;A)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Version and libraries</source>
        <translation>버전과 라이브러리</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Label {number}</source>
        <translation>라벨 {number}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Give the pictures this label</source>
        <translation>사진에 이 라벨을 붙입니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Other label…</source>
        <translation>다른 라벨(&amp;O)…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Choose a label by its first letters</source>
        <translation>첫 글자로 라벨을 고릅니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;None of these</source>
        <translation>해당 없음(&amp;N)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>No label fits these pictures</source>
        <translation>이 사진에 맞는 라벨이 없습니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Unsure</source>
        <translation>불확실(&amp;U)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Mark the label as a guess</source>
        <translation>라벨을 추측으로 표시합니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Confirm the label</source>
        <translation>라벨 확인(&amp;C)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>The proposed label is right</source>
        <translation>제안된 라벨이 맞습니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Back to &amp;automatic</source>
        <translation>자동 라벨로 되돌리기(&amp;A)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Forget what you said</source>
        <translation>직접 지정한 내용을 지웁니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Go on after each label</source>
        <translation>라벨을 붙인 뒤 다음으로(&amp;G)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Move to the next picture after each answer</source>
        <translation>답할 때마다 다음 사진으로 넘어갑니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Like the &amp;system</source>
        <translation>시스템 설정 따르기(&amp;S)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Light</source>
        <translation>밝게(&amp;L)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Dark</source>
        <translation>어둡게(&amp;D)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Recent folders</source>
        <translation>최근 폴더(&amp;R)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Recen&amp;t desks</source>
        <translation>최근 작업 공간(&amp;T)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>M&amp;odel</source>
        <translation>사용할 모델(&amp;O)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Where to run</source>
        <translation>실행 위치(&amp;W)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Columns</source>
        <translation>열(&amp;C)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>So&amp;rt by</source>
        <translation>정렬 기준(&amp;R)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Selected label</source>
        <translation>선택한 라벨(&amp;S)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Give the pictures</source>
        <translation>사진에 라벨 지정(&amp;G)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Appearance</source>
        <translation>모양(&amp;A)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/job_bar.py"/>
        <source>{number} a minute</source>
        <translation>분당 {number}장</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/job_bar.py"/>
        <source>{number} a second</source>
        <translation>초당 {number}장</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/job_bar.py"/>
        <source>almost done</source>
        <translation>거의 끝남</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/job_bar.py"/>
        <source>{seconds} s left</source>
        <translation>{seconds}초 남음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/job_bar.py"/>
        <source>about {minutes} min left</source>
        <translation>약 {minutes}분 남음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/job_bar.py"/>
        <source>about {hours} h left</source>
        <translation>약 {hours}시간 남음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/key_bindings.py"/>
        <source>This key cannot be used.</source>
        <translation>이 키는 사용할 수 없습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/key_bindings.py"/>
        <source>“{key}” is used to move, to look at pictures, or to close. Choose another key.</source>
        <translation>“{key}” 키는 이동하거나 사진을 보거나 닫는 데 쓰입니다. 다른 키를 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/key_bindings.py"/>
        <source>“{key}” is the key of “{action}”. Give that another key first.</source>
        <translation>“{key}” 키는 “{action}” 단축키입니다. 먼저 그 단축키를 바꾸세요.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/picture/inspector.py"/>
        <source>%Ln picture(s) selected</source>
        <translation>
            <numerusform>사진 %Ln장 선택됨</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/licences.py"/>
        <source>Licence not stated</source>
        <translation>라이선스 표시 없음</translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/commands/group_commands.py"/>
        <source>%Ln label(s) made of groups.</source>
        <translation>
            <numerusform>묶음으로 라벨 %Ln개를 만들었습니다.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/groups/words.py"/>
        <source>What is in these pictures?</source>
        <translation>이 사진들에는 무엇이 있나요?</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/groups/words.py"/>
        <source>Making groups…</source>
        <translation>묶는 중…</translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <location filename="../../clipdesk/gui/groups/words.py"/>
        <source>%Ln group(s)</source>
        <translation>
            <numerusform>묶음 %Ln개</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/groups/words.py"/>
        <source>Groups need a model. Choose one in the model box of the window; the groups then appear here.</source>
        <translation>사진을 묶으려면 모델이 필요합니다. 창의 모델 상자에서 모델을 선택하면 여기에 묶음이 나타납니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/groups/words.py"/>
        <source>The model is being loaded. The groups then appear here.</source>
        <translation>모델을 불러오는 중입니다. 다 불러오면 여기에 묶음이 나타납니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/groups/words.py"/>
        <source>Drop a folder of pictures on the window; the groups then appear here. You need no labels.</source>
        <translation>사진 폴더를 창에 끌어다 놓으면 여기에 묶음이 나타납니다. 라벨은 없어도 됩니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/groups/words.py"/>
        <source>Reading the pictures: {done} of {total}. The groups then appear here.</source>
        <translation>사진을 읽는 중: {total} 중 {done}. 다 읽으면 여기에 묶음이 나타납니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/groups/words.py"/>
        <source>Too few pictures have been read. The model has to read each picture once.</source>
        <translation>읽은 사진이 너무 적습니다. 모델이 각 사진을 한 번씩 읽어야 합니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/groups/words.py"/>
        <source>Comparing the pictures… {percent} %</source>
        <translation>사진을 비교하는 중… {percent} %</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/groups/words.py"/>
        <source>These pictures are too few, or too different, to make groups.</source>
        <translation>사진이 너무 적거나 서로 너무 달라서 묶을 수 없습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/groups/words.py"/>
        <source>Names follow as soon as the model has read the words that it chooses from.</source>
        <translation>모델이 이름 후보 단어를 다 읽으면 이름이 나타납니다.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/groups/words.py"/>
        <source>To name the groups, send %Ln word(s) to {hosts} once.</source>
        <translation>
            <numerusform>묶음에 이름을 붙이려면 단어 %Ln개를 {hosts}(으)로 한 번 보내세요.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/groups/groups_dialog.py"/>
        <source>%Ln new picture(s) since then.</source>
        <translation>
            <numerusform>그 뒤로 새 사진 %Ln장.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>Exact copies</source>
        <translation>완전히 같은 파일</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>Same picture</source>
        <translation>같은 사진</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>Bursts</source>
        <translation>연속 촬영</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>Similar</source>
        <translation>비슷한 사진</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>The files are the same, byte for byte.</source>
        <translation>파일 내용이 완전히 같습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>The same picture, but resized, recompressed, cropped a little or edited a little.</source>
        <translation>같은 사진이지만 크기나 압축이 다르거나, 조금 잘렸거나 조금 편집되었습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>Similar pictures, taken within seconds of each other.</source>
        <translation>몇 초 사이에 찍은 비슷한 사진입니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>Pictures that look alike, taken at different times.</source>
        <translation>서로 다른 때에 찍었지만 비슷해 보이는 사진입니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>Most pixels</source>
        <translation>픽셀이 가장 많은 것</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>Sharpest</source>
        <translation>가장 선명한 것</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>Oldest</source>
        <translation>가장 오래된 것</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>Newest</source>
        <translation>가장 새로운 것</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>Largest file</source>
        <translation>파일이 가장 큰 것</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>Has sidecar files</source>
        <translation>사이드카 파일이 있는 것</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>Labelled by hand</source>
        <translation>직접 라벨을 지정한 것</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>Shortest name</source>
        <translation>이름이 가장 짧은 것</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>Only in bursts and among similar pictures: a smaller copy looks sharper than it is</source>
        <translation>연속 촬영과 비슷한 사진에만 적용됩니다. 작은 복사본은 실제보다 선명해 보이기 때문입니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>So that a picture and its sidecar or RAW file stay together</source>
        <translation>사진과 사이드카 또는 RAW 파일이 함께 있도록 합니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>Not “IMG_1 (2).jpg” or “Copy of IMG_1.jpg”</source>
        <translation>“IMG_1 (2).jpg”나 “IMG_1 복사본.jpg”가 아닌 것</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>Which pictures do you have twice?</source>
        <translation>어떤 사진이 두 번 있나요?</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>No duplicates</source>
        <translation>중복 사진 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>{pictures} in {groups} could go ({size})</source>
        <translation>{groups}에서 {pictures}을 옮길 수 있습니다({size})</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>{pictures} came or were read since.</source>
        <translation>그 뒤로 {pictures}이 추가되었거나 새로 읽혔습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>Proposed to keep: {rules}.</source>
        <translation>남기도록 제안한 이유: {rules}.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>the one with the most pixels</source>
        <translation>픽셀이 가장 많음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>the sharpest</source>
        <translation>가장 선명함</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>the oldest</source>
        <translation>가장 오래됨</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>the newest</source>
        <translation>가장 새로움</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>the largest file</source>
        <translation>파일이 가장 큼</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>the one with sidecar files</source>
        <translation>사이드카 파일이 있음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>the one labelled by hand</source>
        <translation>직접 라벨을 지정함</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>the one with the shortest name</source>
        <translation>이름이 가장 짧음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>with {names}</source>
        <translation>{names} 포함</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>Drop a folder of pictures on the window; its duplicates then appear here. You need no labels.</source>
        <translation>사진 폴더를 창에 끌어다 놓으면 여기에 중복 사진이 나타납니다. 라벨은 없어도 됩니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>Reading the pictures: {done} of {total}. The duplicates then appear here.</source>
        <translation>사진을 읽는 중: {total} 중 {done}. 다 읽으면 여기에 중복 사진이 나타납니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>The search was stopped.</source>
        <translation>검색을 중지했습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>No picture is here twice, and none looks much like another.</source>
        <translation>두 번 있는 사진도, 서로 아주 비슷한 사진도 없습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>Looking at the pictures…</source>
        <translation>사진을 살펴보는 중…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>Comparing the pictures…</source>
        <translation>사진을 비교하는 중…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>Measuring how sharp the pictures are…</source>
        <translation>사진의 선명도를 재는 중…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>Looking for duplicates…</source>
        <translation>중복 사진을 찾는 중…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>Only exact copies were looked for. For the others, choose a model in the model box of the window.</source>
        <translation>완전히 같은 파일만 찾았습니다. 나머지도 찾으려면 창의 모델 상자에서 모델을 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>The pictures differ in: {differences}.</source>
        <translation>서로 다른 점: {differences}.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>, </source>
        <translation>, </translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>size in pixels</source>
        <translation>픽셀 크기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>file size</source>
        <translation>파일 크기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>format</source>
        <translation>형식</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>name</source>
        <translation>이름</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>time taken</source>
        <translation>촬영 시각</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>time changed</source>
        <translation>수정 시각</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>sharpness</source>
        <translation>선명도</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>sidecar files</source>
        <translation>사이드카 파일</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>{width} × {height}</source>
        <translation>{width} × {height}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>sharpest</source>
        <translation>가장 선명함</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>less sharp</source>
        <translation>덜 선명함</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>labelled by hand</source>
        <translation>직접 라벨 지정</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>in {folder}</source>
        <translation>{folder}에 있음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <source>changed {time}</source>
        <translation>{time} 수정</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/match_words.py"/>
        <source>Similarity {similarity}: more alike than {share} % of the pairs of these pictures</source>
        <translation>유사도 {similarity}: 이 사진들로 만든 쌍의 {share} %보다 더 비슷합니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/match_words.py"/>
        <source>Match {score}, where 0 is the average of these pictures</source>
        <translation>일치도 {score}, 0은 이 사진들의 평균입니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/match_words.py"/>
        <source>{share} % of pairs</source>
        <translation>쌍의 {share} %</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/match_words.py"/>
        <source>More alike than</source>
        <translation>비슷한 정도</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/match_words.py"/>
        <source>{score} (average: 0)</source>
        <translation>{score} (평균: 0)</translation>
    </message>
</context>
<context>
    <name>AboutDialog</name>
    <message>
        <location filename="../../clipdesk/gui/window/about_dialog.py"/>
        <source>About ClipDesk</source>
        <translation>ClipDesk 정보</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/about_dialog.py"/>
        <source>Version {version}</source>
        <translation>버전 {version}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/about_dialog.py"/>
        <source>Sorts pictures by the words you type, on your own computer.</source>
        <translation>입력한 말에 따라 내 컴퓨터에서 사진을 분류합니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/about_dialog.py"/>
        <source>Free and open source, under the MIT licence.</source>
        <translation>MIT 라이선스로 배포되는 무료 오픈 소스 프로그램입니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/about_dialog.py"/>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/about_dialog.py"/>
        <source>Copy these versions for a report</source>
        <translation>문제를 알릴 때 쓸 버전 정보를 복사합니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/about_dialog.py"/>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>AccuracyPage</name>
    <message>
        <location filename="../../clipdesk/gui/compare/accuracy_page.py"/>
        <source>Wordings</source>
        <translation>표현</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/accuracy_page.py"/>
        <source>Right</source>
        <translation>맞음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/accuracy_page.py"/>
        <source>Accuracy</source>
        <translation>정확도</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/accuracy_page.py"/>
        <source>90 % range</source>
        <translation>90% 구간</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/accuracy_page.py"/>
        <source>Wording</source>
        <translation>표현</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/accuracy_page.py"/>
        <source>What is labelled as what</source>
        <translation>무엇을 무엇으로 분류했는지</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/accuracy_page.py"/>
        <source>Pictures of this cell</source>
        <translation>이 칸의 사진</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/accuracy_page.py"/>
        <source>Label some pictures by hand first: then you see here how often each wording is right.</source>
        <translation>먼저 사진 몇 장에 직접 라벨을 붙이세요. 그러면 각 표현이 얼마나 자주 맞는지 여기에 표시됩니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/accuracy_page.py"/>
        <source>About the {pictures} that you labelled by hand.</source>
        <translation>직접 라벨을 붙인 {pictures}을 기준으로 합니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/accuracy_page.py"/>
        <source>Most of them are mistakes of {name}, so {name} looks worse here than it is.</source>
        <translation>대부분 {name} 쪽이 틀린 사진이어서, 여기서는 {name} 쪽이 실제보다 나빠 보입니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/accuracy_page.py"/>
        <source>{right} of {reviewed}</source>
        <translation>{reviewed} 중 {right}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/accuracy_page.py"/>
        <source>Down: what the pictures are. Across: what {wording} says.</source>
        <translation>세로: 실제 라벨. 가로: {wording} 쪽의 판단.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/accuracy_page.py"/>
        <source>Recall</source>
        <translation>재현율</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/accuracy_page.py"/>
        <source>None of these</source>
        <translation>해당 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/accuracy_page.py"/>
        <source>Precision</source>
        <translation>정밀도</translation>
    </message>
</context>
<context>
    <name>AgreementBar</name>
    <message>
        <location filename="../../clipdesk/gui/compare/agreement_bar.py"/>
        <source>Agreement</source>
        <translation>일치</translation>
    </message>
</context>
<context>
    <name>AloneNote</name>
    <message>
        <location filename="../../clipdesk/gui/labels/alone_note.py"/>
        <source>something else</source>
        <translation>다른 것</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/alone_note.py"/>
        <source>With one label, pictures are ranked by similarity. Add a counter-label such as “{label}” to get percentages.</source>
        <translation>라벨이 하나면 사진을 유사도순으로 보여 줍니다. “{label}”처럼 비교할 라벨을 추가하면 확률이 표시됩니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/alone_note.py"/>
        <source>Add “{label}”</source>
        <translation>“{label}” 추가</translation>
    </message>
</context>
<context>
    <name>AnswerButton</name>
    <message>
        <location filename="../../clipdesk/gui/compare/judge_page.py"/>
        <source>No question</source>
        <translation>질문 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/key_list.py"/>
        <source>{answer} ({keys}), your answer</source>
        <translation>{answer} ({keys}), 내 답변</translation>
    </message>
</context>
<context>
    <name>ArrangedView</name>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/arranged_view.py"/>
        <source>Results</source>
        <translation>결과</translation>
    </message>
</context>
<context>
    <name>Cells</name>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>{label}: probability {probability}, similarity {similarity}</source>
        <translation>{label}: 확률 {probability}, 유사도 {similarity}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>can&apos;t be read</source>
        <translation>읽을 수 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>none of these</source>
        <translation>해당 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>Probably no label fits: {percent}</source>
        <translation>맞는 라벨이 없을 확률: {percent}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>You said that no label fits</source>
        <translation>맞는 라벨이 없다고 지정했습니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>You chose this label.</source>
        <translation>직접 지정한 라벨입니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>No scores yet</source>
        <translation>아직 점수 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>Not labelled yet</source>
        <translation>아직 라벨 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>{label}: similarity {similarity}</source>
        <translation>{label}: 유사도 {similarity}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>You confirmed this label.</source>
        <translation>직접 확인한 라벨입니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>Learned from your corrections.</source>
        <translation>수정한 내용에서 학습한 라벨입니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>Unsure: less than {percent}</source>
        <translation>불확실: {percent} 미만</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>You marked it as unsure.</source>
        <translation>불확실로 표시했습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>{name} (the file is gone)</source>
        <translation>{name}(파일 없음)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>Sim.</source>
        <translation>유사도</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>Prob.</source>
        <translation>확률</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>Picture</source>
        <translation>사진</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>Match</source>
        <translation>일치도</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>Label</source>
        <translation>라벨</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>Similarity</source>
        <translation>유사도</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>Probability</source>
        <translation>확률</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>Margin</source>
        <translation>격차</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>Best three</source>
        <translation>상위 3개</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>{label}: how likely this label is</source>
        <translation>{label}: 이 라벨일 확률</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>{label}: how similar the picture is to the label (cosine similarity)</source>
        <translation>{label}: 사진과 라벨이 비슷한 정도(코사인 유사도)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>The picture</source>
        <translation>사진</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>The file&apos;s name and folder</source>
        <translation>파일 이름과 폴더</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>How well the picture fits the search. The tool tip of a number says what each term gave</source>
        <translation>사진이 검색어와 얼마나 맞는지 나타냅니다. 숫자의 도움말에 검색어별 점수가 나옵니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>The label that fits best</source>
        <translation>가장 잘 맞는 라벨</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>How likely the label is</source>
        <translation>라벨이 맞을 확률</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>How much more likely the label is than the next best one</source>
        <translation>두 번째 라벨보다 확률이 얼마나 더 높은지</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>The three labels that fit best. A click on the arrow shows or hides a column for each label</source>
        <translation>가장 잘 맞는 라벨 세 개입니다. 화살표를 클릭하면 라벨별 열을 표시하거나 숨깁니다</translation>
    </message>
</context>
<context>
    <name>CheckDialog</name>
    <message>
        <location filename="../../clipdesk/gui/teaching/check_dialog.py"/>
        <source>Which label is right?</source>
        <translation>어떤 라벨이 맞나요?</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/check_dialog.py"/>
        <source>&amp;Neither, or I can’t tell</source>
        <translation>둘 다 아니거나 모르겠음(&amp;N)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/check_dialog.py"/>
        <source>&amp;Back</source>
        <translation>뒤로(&amp;B)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/check_dialog.py"/>
        <source>Keys: 1 and 2 choose a label, 0 neither of them, Backspace goes back.</source>
        <translation>단축키: 1과 2는 라벨 선택, 0은 둘 다 아님, Backspace는 뒤로.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/check_dialog.py"/>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/check_dialog.py"/>
        <source>{number} of at most {total}</source>
        <translation>{number}/최대 {total}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/check_dialog.py"/>
        <source>Learning helps</source>
        <translation>학습이 도움이 됩니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/check_dialog.py"/>
        <source>The words stay, until there are more examples</source>
        <translation>예시가 더 모일 때까지 단어를 그대로 씁니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/check_dialog.py"/>
        <source>The learned label was right {new} times, the other one {old} times, neither {neither} times.</source>
        <translation>학습한 라벨이 {new}번, 다른 라벨이 {old}번 맞았고, {neither}번은 둘 다 아니었습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/check_dialog.py"/>
        <source>What was learned is used from now on. You can switch it off at any time.</source>
        <translation>이제부터 학습한 내용을 사용합니다. 언제든지 끌 수 있습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/check_dialog.py"/>
        <source>That does not show that the learned labels are better. Nothing changes.</source>
        <translation>학습한 라벨이 더 낫다고 볼 수 없습니다. 아무것도 바뀌지 않습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/check_dialog.py"/>
        <source>The labels that you chose here are kept as yours.</source>
        <translation>여기서 고른 라벨은 직접 지정한 라벨로 저장됩니다.</translation>
    </message>
</context>
<context>
    <name>CheckPicture</name>
    <message>
        <location filename="../../clipdesk/gui/teaching/check_picture.py"/>
        <source>Loading…</source>
        <translation>불러오는 중…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/check_picture.py"/>
        <source>Picture</source>
        <translation>사진</translation>
    </message>
</context>
<context>
    <name>CompareCommands</name>
    <message>
        <location filename="../../clipdesk/gui/commands/compare_commands.py"/>
        <source>The model does not know “{words}”.</source>
        <translation>모델이 “{words}”의 뜻을 모릅니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/compare_commands.py"/>
        <source>Too long: the model reads only the beginning.</source>
        <translation>너무 깁니다. 모델은 앞부분만 읽습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/compare_commands.py"/>
        <source>The new wording of “{label}” is in place.</source>
        <translation>“{label}” 라벨에 새 표현을 적용했습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/compare_commands.py"/>
        <source>“{model}” runs on a server: choose it under Label → Where to run.</source>
        <translation>“{model}” 모델은 서버에서 실행됩니다. 라벨 → 실행 위치에서 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/compare_commands.py"/>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/compare_commands.py"/>
        <source>Model changed to {model}.</source>
        <translation>모델을 {model} 모델로 바꾸었습니다.</translation>
    </message>
</context>
<context>
    <name>CompareDialog</name>
    <message>
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <source>Compare wordings</source>
        <translation>표현 비교</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <source>Label</source>
        <translation>라벨</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <source>Earlier…</source>
        <translation>이전 비교…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <source>Open an earlier comparison again</source>
        <translation>이전에 한 비교를 다시 엽니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <source>Judge</source>
        <translation>판정</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <source>See one picture at a time, and say which label is right</source>
        <translation>사진을 한 장씩 보며 맞는 라벨을 고릅니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <source>Type other words for the label at the left.
You will see at once which pictures would get another label.</source>
        <translation>왼쪽에 이 라벨을 나타내는 다른 말을 입력하세요.
어떤 사진의 라벨이 바뀌는지 바로 볼 수 있습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <source>Differences</source>
        <translation>차이</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <source>By label</source>
        <translation>라벨별</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <source>Accuracy</source>
        <translation>정확도</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <source>{a} and {b}: {finding}</source>
        <translation>{a}, {b}: {finding}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <source>Differences {count}</source>
        <translation>차이 {count}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <source>Use {wording}</source>
        <translation>{wording} 사용</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <source>Replace A by {wording}. You can undo that.</source>
        <translation>A 대신 {wording} 표현을 사용합니다. 실행 취소할 수 있습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <source>Add a second label first: one label alone gets all pictures.</source>
        <translation>먼저 라벨을 하나 더 추가하세요. 라벨이 하나뿐이면 모든 사진에 그 라벨이 붙습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <source>What else could “{label}” be called?</source>
        <translation>“{label}” 라벨을 달리 뭐라고 부를 수 있을까요?</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <source>Scoring…</source>
        <translation>점수 계산 중…</translation>
    </message>
</context>
<context>
    <name>ConsentDialog</name>
    <message>
        <location filename="../../clipdesk/gui/servers/consent_dialog.py"/>
        <source>Before anything is sent</source>
        <translation>보내기 전에</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/consent_dialog.py"/>
        <source>the words of your labels</source>
        <translation>라벨의 말</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/consent_dialog.py"/>
        <source>Send {what} to {hosts}?</source>
        <translation>{hosts} 서버로 보낼까요? ({what})</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/consent_dialog.py"/>
        <source>Send {what} to this server?</source>
        <translation>이 서버로 보낼까요? ({what})</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/consent_dialog.py"/>
        <source>Send {what} to these servers?</source>
        <translation>이 서버들로 보낼까요? ({what})</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/consent_dialog.py"/>
        <source>About {size} will be sent: a small copy of each picture, and the words of your labels. File names, dates, places and all other metadata are removed. Your files are not changed.</source>
        <translation>약 {size}를 보냅니다. 각 사진의 작은 사본과 라벨의 말이 포함됩니다. 파일 이름과 날짜, 장소 등 모든 메타데이터는 제거됩니다. 원본 파일은 바뀌지 않습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/consent_dialog.py"/>
        <source>All pictures were sent to this server before. They are not sent again.</source>
        <translation>모든 사진을 이미 이 서버로 보냈습니다. 다시 보내지 않습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/consent_dialog.py"/>
        <source>The connection is not encrypted: others on the network can see what is sent.</source>
        <translation>연결이 암호화되지 않아 네트워크의 다른 사람이 내용을 볼 수 있습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/consent_dialog.py"/>
        <source>The connection to {hosts} is not encrypted: others on the network can see what is sent.</source>
        <translation>{hosts} 연결이 암호화되지 않아 네트워크의 다른 사람이 내용을 볼 수 있습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/consent_dialog.py"/>
        <source>Don&apos;t ask again for this host</source>
        <translation>이 호스트는 다시 묻지 않기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/consent_dialog.py"/>
        <source>Don&apos;t ask again for these hosts</source>
        <translation>이 호스트들은 다시 묻지 않기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/consent_dialog.py"/>
        <source>Don&apos;t send</source>
        <translation>보내지 않기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/consent_dialog.py"/>
        <source>Send</source>
        <translation>보내기</translation>
    </message>
</context>
<context>
    <name>CopyButton</name>
    <message>
        <location filename="../../clipdesk/gui/kit/copy_button.py"/>
        <source>Copied</source>
        <translation>복사됨</translation>
    </message>
</context>
<context>
    <name>DeskCommands</name>
    <message>
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>Choose a folder of pictures</source>
        <translation>사진 폴더 선택</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>Choose pictures</source>
        <translation>사진 선택</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>Pictures</source>
        <translation>사진</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>All files</source>
        <translation>모든 파일</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>Copy pictures or a folder in your file manager first, then paste.</source>
        <translation>먼저 파일 관리자에서 사진이나 폴더를 복사한 뒤 붙여넣으세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>{pictures} removed from the list. The files stay where they are.</source>
        <translation>{pictures}을 목록에서 뺐습니다. 파일은 그대로 있습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>Clear this list</source>
        <translation>이 목록 지우기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>“{label}” deleted.</source>
        <translation>“{label}” 라벨을 삭제했습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>none of these</source>
        <translation>해당 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>You had chosen “{label}” already.</source>
        <translation>이미 “{label}” 라벨로 지정했습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>{pictures} corrected to “{label}”.</source>
        <translation>{pictures}을 “{label}” 라벨로 고쳤습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>Copy a list of names first, one per line, then paste.</source>
        <translation>먼저 한 줄에 하나씩 적은 이름 목록을 복사한 뒤 붙여넣으세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>Open labels</source>
        <translation>라벨 열기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>Label sets</source>
        <translation>라벨 모음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>Save labels</source>
        <translation>라벨 저장</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>Label set</source>
        <translation>라벨 모음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>One label per line</source>
        <translation>한 줄에 라벨 하나</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>Labels saved as {file}.</source>
        <translation>라벨을 {file} 파일로 저장했습니다.</translation>
    </message>
</context>
<context>
    <name>DifferencesPage</name>
    <message>
        <location filename="../../clipdesk/gui/compare/differences_page.py"/>
        <source>What changes</source>
        <translation>바뀌는 내용</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/differences_page.py"/>
        <source>Pictures that differ</source>
        <translation>라벨이 다른 사진</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/differences_page.py"/>
        <source>Both label all pictures alike.</source>
        <translation>두 표현 모두 모든 사진에 같은 라벨을 붙입니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/differences_page.py"/>
        <source>Nothing to compare yet.</source>
        <translation>아직 비교할 것이 없습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/differences_page.py"/>
        <source>All differences</source>
        <translation>모든 차이</translation>
    </message>
</context>
<context>
    <name>DocumentCommands</name>
    <message>
        <location filename="../../clipdesk/gui/commands/document_commands.py"/>
        <source>Continue: {desk}</source>
        <translation>이어서 하기: {desk}</translation>
    </message>
</context>
<context>
    <name>DropZone</name>
    <message>
        <location filename="../../clipdesk/gui/window/drop_zone.py"/>
        <source>Drop a folder of pictures here</source>
        <translation>사진 폴더를 여기에 끌어다 놓으세요</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/drop_zone.py"/>
        <source>Continue with the last pictures</source>
        <translation>지난 사진 이어서 하기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/drop_zone.py"/>
        <source>Choose folder…</source>
        <translation>폴더 선택…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/drop_zone.py"/>
        <source>Try the samples</source>
        <translation>샘플 사진으로 해 보기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/drop_zone.py"/>
        <source>Pictures stay where they are. Small copies of them are sent to {server}.</source>
        <translation>사진은 제자리에 그대로 있습니다. 작은 사본을 {server}에 보냅니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/drop_zone.py"/>
        <source>Pictures stay where they are. Nothing leaves this computer.</source>
        <translation>사진은 제자리에 그대로 있습니다. 이 컴퓨터 밖으로 아무것도 나가지 않습니다.</translation>
    </message>
</context>
<context>
    <name>DuplicateCommands</name>
    <message>
        <location filename="../../clipdesk/gui/commands/duplicate_commands.py"/>
        <source>These pictures are not shown as duplicates again.</source>
        <translation>이 사진들은 다시 중복으로 표시하지 않습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/duplicate_commands.py"/>
        <source>Put {pictures} into the trash? ({size})</source>
        <translation>{pictures}을 휴지통에 넣을까요? ({size})</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/duplicate_commands.py"/>
        <source>Files that belong to them, such as sidecars, go with them. The pictures to keep stay. You can put everything back from your system&apos;s trash, but not with Undo.</source>
        <translation>사이드카처럼 사진에 딸린 파일도 함께 들어갑니다. 남길 사진은 그대로 있습니다. 모두 시스템의 휴지통에서 되살릴 수 있지만 실행 취소로는 되돌릴 수 없습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/duplicate_commands.py"/>
        <source>Put into the trash</source>
        <translation>휴지통에 넣기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/duplicate_commands.py"/>
        <source>Putting {pictures} into the trash…</source>
        <translation>{pictures}을 휴지통에 넣는 중…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/duplicate_commands.py"/>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/duplicate_commands.py"/>
        <source>{pictures} put into the trash.</source>
        <translation>{pictures}을 휴지통에 넣었습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/duplicate_commands.py"/>
        <source>Stopped: the other files stay where they are.</source>
        <translation>중지했습니다. 나머지 파일은 그대로 있습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/duplicate_commands.py"/>
        <source>Duplicates</source>
        <translation>중복 사진</translation>
    </message>
</context>
<context>
    <name>DuplicatesCard</name>
    <message>
        <location filename="../../clipdesk/gui/duplicates/duplicates_card.py"/>
        <source>Tick the groups whose other pictures you want to move away</source>
        <translation>나머지 사진을 옮길 묶음을 선택하세요</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/duplicates_card.py"/>
        <source>Select</source>
        <translation>선택</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/duplicates_card.py"/>
        <source>Select these pictures in the window</source>
        <translation>창에서 이 사진들을 선택합니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/duplicates_card.py"/>
        <source>These pictures are not shown as duplicates again. You can undo that.</source>
        <translation>이 사진들은 다시 중복으로 표시하지 않습니다. 실행 취소할 수 있습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/duplicates_card.py"/>
        <source>Keep both: never ask again</source>
        <translation>둘 다 보관하고 다시 묻지 않기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/duplicates_card.py"/>
        <source>Keep all: never ask again</source>
        <translation>모두 보관하고 다시 묻지 않기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/duplicates_card.py"/>
        <source>Group of {name}: {pictures}</source>
        <translation>{name} 묶음: {pictures}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/duplicates_card.py"/>
        <source>Select the group of {name}</source>
        <translation>{name} 묶음 선택</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/duplicates_card.py"/>
        <source>Keep all pictures of the group of {name}, and never ask again</source>
        <translation>{name} 묶음의 사진을 모두 보관하고 다시 묻지 않기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/duplicates_card.py"/>
        <source>Show all {pictures}</source>
        <translation>{pictures} 모두 보기</translation>
    </message>
</context>
<context>
    <name>DuplicatesDialog</name>
    <message>
        <location filename="../../clipdesk/gui/duplicates/duplicates_dialog.py"/>
        <source>Duplicates</source>
        <translation>중복 사진</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/duplicates_dialog.py"/>
        <source>Search again</source>
        <translation>다시 찾기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/duplicates_dialog.py"/>
        <source>Kinds of duplicates</source>
        <translation>중복 종류</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/duplicates_dialog.py"/>
        <source>Progress of the search</source>
        <translation>검색 진행 상황</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/duplicates_dialog.py"/>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/duplicates_dialog.py"/>
        <source>Tick all</source>
        <translation>모두 선택</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/duplicates_dialog.py"/>
        <source>Shows first what goes where. The pictures to keep stay, nothing is deleted, and you can undo it.</source>
        <translation>무엇이 어디로 가는지 먼저 보여 줍니다. 남길 사진은 그대로 있고 아무것도 삭제되지 않으며, 실행 취소할 수 있습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/duplicates_dialog.py"/>
        <source>Trash…</source>
        <translation>휴지통…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/duplicates_dialog.py"/>
        <source>Asks first. Nothing is deleted: you can put the pictures back from your system&apos;s trash.</source>
        <translation>먼저 물어봅니다. 삭제하지 않으며, 시스템의 휴지통에서 사진을 되살릴 수 있습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/duplicates_dialog.py"/>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/duplicates_dialog.py"/>
        <source>Search those read so far</source>
        <translation>지금까지 읽은 사진에서 찾기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/duplicates_dialog.py"/>
        <source>Show more groups</source>
        <translation>묶음 더 보기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/duplicates_dialog.py"/>
        <source>Tick none</source>
        <translation>모두 선택 해제</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/duplicates_dialog.py"/>
        <source>Move {pictures} into…</source>
        <translation>{pictures} 옮기기…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/duplicates_dialog.py"/>
        <source>Move the others into…</source>
        <translation>나머지 옮기기…</translation>
    </message>
</context>
<context>
    <name>EntryPreview</name>
    <message>
        <location filename="../../clipdesk/gui/labels/entry_preview.py"/>
        <source>Enter adds 1 label: {name}</source>
        <translation>Enter를 누르면 라벨 1개 추가: {name}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/entry_preview.py"/>
        <source>{names} and {count} more</source>
        <translation>{names} 외 {count}개</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/entry_preview.py"/>
        <source>Enter adds {count} labels: {names}</source>
        <translation>Enter를 누르면 라벨 {count}개 추가: {names}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/entry_preview.py"/>
        <source>Enter adds “{name}” with the prompt: {prompt}</source>
        <translation>Enter를 누르면 “{name}” 라벨 추가, 프롬프트: {prompt}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/entry_preview.py"/>
        <source>Enter adds “{name}” with the prompts: {prompts}</source>
        <translation>Enter를 누르면 “{name}” 라벨 추가, 프롬프트: {prompts}</translation>
    </message>
</context>
<context>
    <name>ErrorDialog</name>
    <message>
        <location filename="../../clipdesk/gui/kit/error_dialog.py"/>
        <source>Details</source>
        <translation>자세히</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/kit/error_dialog.py"/>
        <source>Copy report</source>
        <translation>보고서 복사</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/kit/error_dialog.py"/>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>ExceptionReporter</name>
    <message>
        <location filename="../../clipdesk/gui/kit/error_dialog.py"/>
        <source>Your pictures are unchanged, and you can go on. If ClipDesk behaves strangely from now on, restart it; finished work is kept. A report helps us fix this.</source>
        <translation>사진은 그대로이며 계속 사용할 수 있습니다. 이후 ClipDesk가 이상하게 동작하면 다시 시작하세요. 끝난 작업은 보관됩니다. 보고서를 보내 주시면 문제를 고치는 데 도움이 됩니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/kit/error_dialog.py"/>
        <source>Something went wrong in ClipDesk</source>
        <translation>ClipDesk에 문제가 생겼습니다</translation>
    </message>
</context>
<context>
    <name>ExportCommands</name>
    <message>
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>Choose a folder that contains all the pictures</source>
        <translation>모든 사진이 들어 있는 폴더를 선택하세요</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>Scores of {pictures} saved as {file}.</source>
        <translation>{pictures}의 점수를 {file} 파일로 저장했습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>Labels of {pictures} saved as {file}.</source>
        <translation>{pictures}의 라벨을 {file} 파일로 저장했습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>Embeddings of {pictures} saved as {file}.</source>
        <translation>{pictures}의 임베딩을 {file} 파일로 저장했습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>Show file</source>
        <translation>파일 보기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>Choose another location…</source>
        <translation>다른 위치 선택…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>The export failed</source>
        <translation>내보내지 못했습니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>Writing the keywords of {pictures}…</source>
        <translation>{pictures}의 키워드를 쓰는 중…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>Writing keywords: {done} of {total} sidecars</source>
        <translation>키워드 쓰는 중: 사이드카 {total}개 중 {done}개</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>The sidecars of {pictures} have their keywords.</source>
        <translation>{pictures}의 사이드카에 키워드를 썼습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>Earlier keywords were removed from {sidecars}.</source>
        <translation>{sidecars}에서 이전 키워드를 지웠습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>Stopped. The sidecars of {pictures} have their keywords.</source>
        <translation>중지했습니다. {pictures}의 사이드카에 키워드를 썼습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>Sidecars that were left alone</source>
        <translation>그대로 둔 사이드카</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>Details…</source>
        <translation>자세히…</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <location filename="../../clipdesk/gui/export/export_dialog.py"/>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/export_dialog.py"/>
        <source>The {count} &amp;shown</source>
        <translation>보이는 {count}장(&amp;S)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/export_dialog.py"/>
        <source>&amp;All {count}</source>
        <translation>전체 {count}장(&amp;A)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/export_dialog.py"/>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/export_dialog.py"/>
        <source>Pictures</source>
        <translation>사진</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/export_dialog.py"/>
        <source>For&amp;mat</source>
        <translation>형식(&amp;M)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/export_dialog.py"/>
        <source>The first sidecars</source>
        <translation>첫 사이드카</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/export_dialog.py"/>
        <source>The first rows of the file</source>
        <translation>파일의 첫 행</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/export_dialog.py"/>
        <source>The pictures are on several disks. The file must lie in one folder around them all.</source>
        <translation>사진이 여러 디스크에 있습니다. 이 파일은 모든 사진을 담은 한 폴더에 있어야 합니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/export_dialog.py"/>
        <source>Writes metadata.csv into a folder that contains all the pictures. Load it with load_dataset(“imagefolder”, data_dir=…).</source>
        <translation>모든 사진이 들어 있는 폴더에 metadata.csv 파일을 씁니다. load_dataset(“imagefolder”, data_dir=…)로 불러올 수 있습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/export_dialog.py"/>
        <source>There are no embeddings yet. Wait until pictures are labelled.</source>
        <translation>아직 임베딩이 없습니다. 사진에 라벨이 붙을 때까지 기다리세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/export_dialog.py"/>
        <source>The path of each picture with its embedding, and the model that made it.</source>
        <translation>각 사진의 경로와 임베딩, 이를 만든 모델을 저장합니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/export_dialog.py"/>
        <source>Write keywords</source>
        <translation>키워드 쓰기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/export_dialog.py"/>
        <source>Choose folder…</source>
        <translation>폴더 선택…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/export_dialog.py"/>
        <source>Save as…</source>
        <translation>다른 이름으로 저장…</translation>
    </message>
</context>
<context>
    <name>ExportPreview</name>
    <message>
        <location filename="../../clipdesk/gui/export/preview.py"/>
        <source>The first rows of the file</source>
        <translation>파일의 첫 행</translation>
    </message>
</context>
<context>
    <name>FastChoice</name>
    <message>
        <location filename="../../clipdesk/gui/models/fast_choice.py"/>
        <source>Fast: scores differ slightly (about {times} times as fast here)</source>
        <translation>빠르게: 점수가 조금 달라집니다(이 컴퓨터에서 약 {times}배 빠름)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/fast_choice.py"/>
        <source>Fast: scores differ slightly (is tried on this computer first)</source>
        <translation>빠르게: 점수가 조금 달라집니다(먼저 이 컴퓨터에서 시험함)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/fast_choice.py"/>
        <source>Computes with rounded numbers (int8). Scores from before are kept, so going back costs nothing.</source>
        <translation>반올림한 수(int8)로 계산합니다. 이전 점수는 보관되므로 언제든 부담 없이 되돌릴 수 있습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/fast_choice.py"/>
        <source>Fast: no gain for this model on this computer</source>
        <translation>빠르게: 이 컴퓨터에서 이 모델은 더 빨라지지 않음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/fast_choice.py"/>
        <source>Fast: scores of this model would differ too much (cosine {cosine})</source>
        <translation>빠르게: 이 모델은 점수가 너무 많이 달라짐(코사인 {cosine})</translation>
    </message>
</context>
<context>
    <name>FileCommands</name>
    <message>
        <location filename="../../clipdesk/gui/commands/file_commands.py"/>
        <source>Open a desk</source>
        <translation>작업 공간 열기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/file_commands.py"/>
        <source>Pictures are being sorted. Wait until that is done, or cancel it.</source>
        <translation>사진을 정리하는 중입니다. 끝날 때까지 기다리거나 취소하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/file_commands.py"/>
        <source>Save desk</source>
        <translation>작업 공간 저장</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/file_commands.py"/>
        <source>{name} (copy)</source>
        <translation>{name}(사본)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/file_commands.py"/>
        <source>My desk</source>
        <translation>내 작업 공간</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/file_commands.py"/>
        <source>Desks of ClipDesk</source>
        <translation>ClipDesk 작업 공간</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/file_commands.py"/>
        <source>“{name}” is open in another window, so changes made here are not saved.</source>
        <translation>“{name}” 작업 공간이 다른 창에 열려 있어 여기서 바꾼 내용은 저장되지 않습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/file_commands.py"/>
        <source>“{name}” is write-protected, so changes made here are not saved.</source>
        <translation>“{name}” 작업 공간이 쓰기 금지되어 있어 여기서 바꾼 내용은 저장되지 않습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/file_commands.py"/>
        <source>Save as…</source>
        <translation>다른 이름으로 저장…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/file_commands.py"/>
        <source>Saved as “{name}”. Changes are saved there from now on.</source>
        <translation>“{name}” 이름으로 저장했습니다. 이제부터 변경 사항이 그곳에 저장됩니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/file_commands.py"/>
        <source>Clear this list</source>
        <translation>이 목록 지우기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/file_commands.py"/>
        <source>Kept without a name</source>
        <translation>이름 없이 보관됨</translation>
    </message>
</context>
<context>
    <name>FilesModel</name>
    <message>
        <location filename="../../clipdesk/gui/sorting/history_dialog.py"/>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/history_dialog.py"/>
        <source>Where it went</source>
        <translation>옮겨 간 위치</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/history_dialog.py"/>
        <source>taken back</source>
        <translation>되돌림</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/history_dialog.py"/>
        <source>left where it was: {reason}</source>
        <translation>그대로 둠: {reason}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/history_dialog.py"/>
        <source>left where it was</source>
        <translation>그대로 둠</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <location filename="../../clipdesk/gui/results/filter_bar.py"/>
        <source>Size of the pictures (Ctrl+wheel)</source>
        <translation>사진 크기(Ctrl+휠)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/filter_bar.py"/>
        <source>Size of the pictures</source>
        <translation>사진 크기</translation>
    </message>
</context>
<context>
    <name>FilterButton</name>
    <message>
        <location filename="../../clipdesk/gui/results/filter_menu.py"/>
        <source>Show only some labels, or only unsure, learned or corrected ones</source>
        <translation>일부 라벨만, 또는 불확실하거나 학습되거나 수정된 것만 보기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/filter_menu.py"/>
        <source>All pictures</source>
        <translation>모든 사진</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/filter_menu.py"/>
        <source>Sure</source>
        <translation>확실</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/filter_menu.py"/>
        <source>Unsure</source>
        <translation>불확실</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/filter_menu.py"/>
        <source>None of these</source>
        <translation>해당 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/filter_menu.py"/>
        <source>Can&apos;t be read</source>
        <translation>읽을 수 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/filter_menu.py"/>
        <source>Not labelled yet</source>
        <translation>아직 라벨 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/filter_menu.py"/>
        <source>By the words</source>
        <translation>단어로 판단</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/filter_menu.py"/>
        <source>Learned</source>
        <translation>학습됨</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/filter_menu.py"/>
        <source>Confirmed</source>
        <translation>확인됨</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/filter_menu.py"/>
        <source>Corrected</source>
        <translation>수정됨</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/filter_menu.py"/>
        <source>Filter</source>
        <translation>필터</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/filter_menu.py"/>
        <source>Filter: {filters}</source>
        <translation>필터: {filters}</translation>
    </message>
</context>
<context>
    <name>FindCommands</name>
    <message>
        <location filename="../../clipdesk/gui/commands/find_commands.py"/>
        <source>Select at most {count} pictures to find similar ones.</source>
        <translation>비슷한 사진을 찾으려면 사진을 {count}장까지만 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/find_commands.py"/>
        <source>“{label}” is a label now.</source>
        <translation>“{label}” 라벨을 만들었습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/find_commands.py"/>
        <source>A label can&apos;t leave anything out, so it may find more pictures.</source>
        <translation>라벨은 아무것도 제외할 수 없으므로 더 많은 사진을 찾을 수 있습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/find_commands.py"/>
        <source>The search begins once a model is loaded.</source>
        <translation>모델을 불러오면 검색이 시작됩니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/find_commands.py"/>
        <source>“{word}”</source>
        <translation>“{word}”</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/find_commands.py"/>
        <source>The model does not know {words}, so the order says little.</source>
        <translation>모델이 {words}을(를) 모르므로 순서를 믿기 어렵습니다.</translation>
    </message>
</context>
<context>
    <name>Finder</name>
    <message>
        <location filename="../../clipdesk/gui/results/finder.py"/>
        <source>any probability</source>
        <translation>모든 확률</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/finder.py"/>
        <source>at least {percent}</source>
        <translation>{percent} 이상</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/finder.py"/>
        <source>any %</source>
        <translation>모든 확률</translation>
    </message>
</context>
<context>
    <name>FirstStepsDialog</name>
    <message>
        <location filename="../../clipdesk/gui/window/first_steps_dialog.py"/>
        <source>First steps</source>
        <translation>시작하기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/first_steps_dialog.py"/>
        <source>Try the samples</source>
        <translation>샘플 사진으로 해 보기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/first_steps_dialog.py"/>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/first_steps_dialog.py"/>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/first_steps_dialog.py"/>
        <source>Add pictures</source>
        <translation>사진 추가</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/first_steps_dialog.py"/>
        <source>Drop a folder on the window, or choose one ({key}). The pictures stay where they are.</source>
        <translation>창에 폴더를 끌어다 놓거나 폴더를 선택하세요({key}). 사진은 제자리에 그대로 있습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/first_steps_dialog.py"/>
        <source>Type labels</source>
        <translation>라벨 입력</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/first_steps_dialog.py"/>
        <source>A word or two for each kind of picture: dog, cat, red car ({key}). ClipDesk gives each picture the label that fits best.</source>
        <translation>사진 종류마다 dog, cat, red car처럼 한두 단어를 입력하세요({key}). ClipDesk가 사진마다 가장 잘 맞는 라벨을 붙입니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/first_steps_dialog.py"/>
        <source>Look through the results</source>
        <translation>결과 살펴보기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/first_steps_dialog.py"/>
        <source>Click a column to sort by it, and a label to see its pictures only. {key} shows one large.</source>
        <translation>열을 클릭하면 그 기준으로 정렬되고, 라벨을 클릭하면 그 사진만 보입니다. {key} 키를 누르면 사진이 크게 보입니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/first_steps_dialog.py"/>
        <source>Improve them</source>
        <translation>결과 개선하기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/first_steps_dialog.py"/>
        <source>Describe a label in other words, or drop a picture on it as an example. A larger model knows more ({key}).</source>
        <translation>라벨을 다른 말로 설명하거나 예시 사진을 라벨에 끌어다 놓으세요. 더 큰 모델은 더 많이 압니다({key}).</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/first_steps_dialog.py"/>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/first_steps_dialog.py"/>
        <source>Save all scores as a table for a spreadsheet or a program ({key}).</source>
        <translation>모든 점수를 스프레드시트나 프로그램에서 쓸 표로 저장하세요({key}).</translation>
    </message>
</context>
<context>
    <name>FoldersForm</name>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_form.py"/>
        <source>Folders of the labels</source>
        <translation>라벨별 폴더</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_form.py"/>
        <source>Label</source>
        <translation>라벨</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_form.py"/>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_form.py"/>
        <source>Click to rename the folder</source>
        <translation>클릭하면 폴더 이름을 바꿀 수 있습니다</translation>
    </message>
</context>
<context>
    <name>FoldersList</name>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_list.py"/>
        <source>Folders</source>
        <translation>폴더</translation>
    </message>
</context>
<context>
    <name>FoldersPanel</name>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>Move</source>
        <translation>이동</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>The pictures go into the folder</source>
        <translation>사진이 폴더로 옮겨집니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>The originals stay where they are</source>
        <translation>원본은 제자리에 그대로 있습니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>New…</source>
        <translation>새 폴더…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>A folder that is made when the first picture goes there</source>
        <translation>첫 사진이 들어갈 때 만들어지는 폴더</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>New folder</source>
        <translation>새 폴더</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>Add…</source>
        <translation>추가…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>A folder that exists already</source>
        <translation>이미 있는 폴더</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>Add a folder</source>
        <translation>폴더 추가</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>Add pictures to the list first</source>
        <translation>먼저 목록에 사진을 추가하세요</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>Folders</source>
        <translation>폴더</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>A new folder in {folder}:</source>
        <translation>{folder} 안에 새 폴더:</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>Choose a folder</source>
        <translation>폴더 선택</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>Open in file manager</source>
        <translation>파일 관리자에서 열기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>Change key…</source>
        <translation>키 바꾸기…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>Remove from this panel</source>
        <translation>이 패널에서 제거</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>{key} is used by a menu. Choose another key.</source>
        <translation>{key} 키는 메뉴에서 쓰고 있습니다. 다른 키를 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>Move {pictures} into “{folder}”</source>
        <translation>{pictures}을 “{folder}” 폴더로 이동</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>Copy {pictures} into “{folder}”</source>
        <translation>{pictures}을 “{folder}” 폴더로 복사</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>Drag pictures onto a folder to move them, or select some and press its key.</source>
        <translation>사진을 폴더로 끌어다 놓아 이동하거나, 사진을 선택하고 폴더의 키를 누르세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>Drag pictures onto a folder to copy them, or select some and press its key.</source>
        <translation>사진을 폴더로 끌어다 놓아 복사하거나, 사진을 선택하고 폴더의 키를 누르세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>Make a folder here. Then drag pictures onto it, or select some and press its key.</source>
        <translation>여기에 폴더를 만드세요. 그런 다음 사진을 끌어다 놓거나, 사진을 선택하고 폴더의 키를 누르세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>Only pictures of the list can be sorted. Drop them on the middle of the window first.</source>
        <translation>목록에 있는 사진만 정리할 수 있습니다. 먼저 창 가운데에 끌어다 놓으세요.</translation>
    </message>
</context>
<context>
    <name>GroupCard</name>
    <message>
        <location filename="../../clipdesk/gui/groups/group_card.py"/>
        <source>Make a label</source>
        <translation>라벨 만들기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/groups/group_card.py"/>
        <source>Name of the group</source>
        <translation>묶음 이름</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/groups/group_card.py"/>
        <source>Choose another proposed name, or type one</source>
        <translation>제안된 다른 이름을 고르거나 직접 입력하세요</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/groups/group_card.py"/>
        <source>Various</source>
        <translation>기타</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/groups/group_card.py"/>
        <source>Pictures that fit no group</source>
        <translation>어느 묶음에도 속하지 않는 사진</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/groups/group_card.py"/>
        <source>Select these pictures in the window</source>
        <translation>창에서 이 사진들을 선택합니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/groups/group_card.py"/>
        <source>Select the various pictures</source>
        <translation>기타 사진 선택</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/groups/group_card.py"/>
        <source>Make a label of “{name}”</source>
        <translation>“{name}”(으)로 라벨 만들기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/groups/group_card.py"/>
        <source>Select the pictures of “{name}”: {pictures}</source>
        <translation>“{name}” 사진 선택: {pictures}</translation>
    </message>
</context>
<context>
    <name>GroupDrops</name>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/drops.py"/>
        <source>Correct to {label}</source>
        <translation>{label}: 라벨 수정</translation>
    </message>
</context>
<context>
    <name>GroupsDialog</name>
    <message>
        <location filename="../../clipdesk/gui/groups/groups_dialog.py"/>
        <source>Groups</source>
        <translation>묶음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/groups/groups_dialog.py"/>
        <source>Coarser or finer groups</source>
        <translation>묶음을 더 크게 또는 더 잘게</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/groups/groups_dialog.py"/>
        <source>Few large groups at the left, many small ones at the right</source>
        <translation>왼쪽은 큰 묶음 몇 개, 오른쪽은 작은 묶음 여러 개입니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/groups/groups_dialog.py"/>
        <source>Send words</source>
        <translation>단어 보내기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/groups/groups_dialog.py"/>
        <source>Group again</source>
        <translation>다시 묶기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/groups/groups_dialog.py"/>
        <source>Read the pictures</source>
        <translation>사진 읽기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/groups/groups_dialog.py"/>
        <source>Tick all</source>
        <translation>모두 선택</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/groups/groups_dialog.py"/>
        <source>Make labels of these groups</source>
        <translation>이 묶음으로 라벨 만들기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/groups/groups_dialog.py"/>
        <source>Each label gets the group&apos;s name and typical pictures. You can undo that.</source>
        <translation>각 라벨에 묶음의 이름과 대표 사진이 들어갑니다. 실행 취소할 수 있습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/groups/groups_dialog.py"/>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/groups/groups_dialog.py"/>
        <source>Coarser</source>
        <translation>더 크게</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/groups/groups_dialog.py"/>
        <source>Finer</source>
        <translation>더 잘게</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/groups/groups_dialog.py"/>
        <source>Group those read so far</source>
        <translation>지금까지 읽은 사진 묶기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/groups/groups_dialog.py"/>
        <source>Tick none</source>
        <translation>모두 선택 해제</translation>
    </message>
</context>
<context>
    <name>Headings</name>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/headings.py"/>
        <source>Select these pictures</source>
        <translation>이 사진 선택</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/headings.py"/>
        <source>Expand</source>
        <translation>펼치기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/headings.py"/>
        <source>Collapse</source>
        <translation>접기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/headings.py"/>
        <source>Collapse all</source>
        <translation>모두 접기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/headings.py"/>
        <source>Expand all</source>
        <translation>모두 펼치기</translation>
    </message>
</context>
<context>
    <name>Histogram</name>
    <message>
        <location filename="../../clipdesk/gui/teaching/histogram.py"/>
        <source>How probable the labels are</source>
        <translation>라벨 확률의 분포</translation>
    </message>
</context>
<context>
    <name>HistoryDialog</name>
    <message>
        <location filename="../../clipdesk/gui/sorting/history_dialog.py"/>
        <source>Sorting history</source>
        <translation>정리 기록</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/history_dialog.py"/>
        <source>Past sorts</source>
        <translation>지난 정리</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/history_dialog.py"/>
        <source>Files of this sort</source>
        <translation>이 정리의 파일</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/history_dialog.py"/>
        <source>Nothing has been sorted yet.</source>
        <translation>아직 정리한 것이 없습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/history_dialog.py"/>
        <source>Show folders</source>
        <translation>폴더 보기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/history_dialog.py"/>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/history_dialog.py"/>
        <source>Redo {files}</source>
        <translation>{files} 다시 실행</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/history_dialog.py"/>
        <source>Undo {files}</source>
        <translation>{files} 되돌리기</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <location filename="../../clipdesk/gui/picture/inspector.py"/>
        <source>Quick look (Space)</source>
        <translation>크게 보기(Space)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/inspector.py"/>
        <source>Quick look</source>
        <translation>크게 보기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/inspector.py"/>
        <source>Search</source>
        <translation>검색</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/inspector.py"/>
        <source>Facts</source>
        <translation>정보</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/inspector.py"/>
        <source>Select a picture</source>
        <translation>사진을 선택하세요</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/inspector.py"/>
        <source>Select a single picture to see it here</source>
        <translation>한 장만 선택하면 여기에 보입니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/inspector.py"/>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/inspector.py"/>
        <source>Inspector</source>
        <translation>사진 정보</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/inspector.py"/>
        <source>No preview</source>
        <translation>미리보기 없음</translation>
    </message>
</context>
<context>
    <name>JobBar</name>
    <message>
        <location filename="../../clipdesk/gui/window/job_bar.py"/>
        <source>Progress</source>
        <translation>진행 상황</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/job_bar.py"/>
        <source>{done} of {total}</source>
        <translation>{done}/{total}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/job_bar.py"/>
        <source>Paused · {progress}</source>
        <translation>일시 정지됨 · {progress}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/job_bar.py"/>
        <source>Paused</source>
        <translation>일시 정지됨</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/job_bar.py"/>
        <source>Resume</source>
        <translation>계속</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/job_bar.py"/>
        <source>Pause</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/job_bar.py"/>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>JudgePage</name>
    <message>
        <location filename="../../clipdesk/gui/compare/judge_page.py"/>
        <source>↓  Neither</source>
        <translation>↓  둘 다 아님</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/judge_page.py"/>
        <source>Neither label is right</source>
        <translation>두 라벨 모두 맞지 않습니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/judge_page.py"/>
        <source>↑  Skip</source>
        <translation>↑  건너뛰기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/judge_page.py"/>
        <source>Ask again later</source>
        <translation>나중에 다시 묻습니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/judge_page.py"/>
        <source>⌫  Take back</source>
        <translation>⌫  되돌리기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/judge_page.py"/>
        <source>Take the last answer back</source>
        <translation>마지막 답변을 되돌립니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/judge_page.py"/>
        <source>Also label the pictures with my answers</source>
        <translation>내 답변을 사진의 라벨로도 지정</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/judge_page.py"/>
        <source>The label that you choose becomes the label of the picture, by your hand</source>
        <translation>고른 라벨이 사진의 라벨로 직접 지정됩니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/judge_page.py"/>
        <source>Pictures that you corrected before do not count here: most of them are mistakes of {wording}.</source>
        <translation>전에 고친 사진은 여기에 포함하지 않습니다. 대부분 {wording} 쪽이 틀린 사진입니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/judge_page.py"/>
        <source>Type another wording first.</source>
        <translation>먼저 다른 표현을 입력하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/judge_page.py"/>
        <source>Scoring…</source>
        <translation>점수 계산 중…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/judge_page.py"/>
        <source>You have judged all pictures on which they differ.</source>
        <translation>라벨이 다른 사진을 모두 판정했습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/judge_page.py"/>
        <source>Both wordings label all pictures alike, so there is nothing to judge.</source>
        <translation>두 표현 모두 모든 사진에 같은 라벨을 붙여 판정할 것이 없습니다.</translation>
    </message>
</context>
<context>
    <name>JudgedPicture</name>
    <message>
        <location filename="../../clipdesk/gui/compare/judged_picture.py"/>
        <source>Loading…</source>
        <translation>불러오는 중…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/judged_picture.py"/>
        <source>Picture to judge</source>
        <translation>판정할 사진</translation>
    </message>
</context>
<context>
    <name>KeyButton</name>
    <message>
        <location filename="../../clipdesk/gui/window/keys_dialog.py"/>
        <source>{action}: {keys}</source>
        <translation>{action}: {keys}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/keys_dialog.py"/>
        <source>Change the key</source>
        <translation>키 바꾸기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/keys_dialog.py"/>
        <source>Press a key…</source>
        <translation>키를 누르세요…</translation>
    </message>
</context>
<context>
    <name>KeyDialog</name>
    <message>
        <location filename="../../clipdesk/gui/sorting/key_dialog.py"/>
        <source>Key of a folder</source>
        <translation>폴더의 키</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/key_dialog.py"/>
        <source>Key</source>
        <translation>키</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/key_dialog.py"/>
        <source>Press the key that sorts the selected pictures into “{folder}”:</source>
        <translation>선택한 사진을 “{folder}” 폴더로 정리할 키를 누르세요:</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <location filename="../../clipdesk/gui/window/keys_dialog.py"/>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/keys_dialog.py"/>
        <source>To change a key, click it and press another one.</source>
        <translation>키를 바꾸려면 클릭한 뒤 다른 키를 누르세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/keys_dialog.py"/>
        <source>Reset all keys</source>
        <translation>모든 키 초기화</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/keys_dialog.py"/>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>LabelChips</name>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/chips.py"/>
        <source>All</source>
        <translation>전체</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/chips.py"/>
        <source>unsure</source>
        <translation>불확실</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/chips.py"/>
        <source>none of these</source>
        <translation>해당 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/chips.py"/>
        <source>can&apos;t be read</source>
        <translation>읽을 수 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/chips.py"/>
        <source>not labelled yet</source>
        <translation>아직 라벨 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/chips.py"/>
        <source>{shown} of {total}</source>
        <translation>{total}장 중 {shown}장</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/chips.py"/>
        <source>+{count} more</source>
        <translation>+{count}개 더</translation>
    </message>
</context>
<context>
    <name>LabelCommands</name>
    <message>
        <location filename="../../clipdesk/gui/commands/label_commands.py"/>
        <source>Label {number}</source>
        <translation>라벨 {number}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/label_commands.py"/>
        <source>The labels of {pictures} confirmed.</source>
        <translation>{pictures}의 라벨을 확인했습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/label_commands.py"/>
        <source>Select the pictures first.</source>
        <translation>먼저 사진을 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/label_commands.py"/>
        <source>That is what you had said already.</source>
        <translation>이미 그렇게 지정했습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/label_commands.py"/>
        <source>{pictures} back to the automatic label.</source>
        <translation>{pictures}을 자동 라벨로 되돌렸습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/label_commands.py"/>
        <source>{pictures} marked as none of these.</source>
        <translation>{pictures}을 ‘해당 없음’으로 표시했습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/label_commands.py"/>
        <source>{pictures} marked as unsure.</source>
        <translation>{pictures}을 ‘불확실’로 표시했습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/label_commands.py"/>
        <source>{pictures} labelled “{label}”.</source>
        <translation>{pictures}에 “{label}” 라벨을 붙였습니다.</translation>
    </message>
</context>
<context>
    <name>LabelEditor</name>
    <message>
        <location filename="../../clipdesk/gui/labels/editor.py"/>
        <source>Texts that the model compares pictures with, one per line. Several are averaged.</source>
        <translation>모델이 사진과 비교하는 글을 한 줄에 하나씩 입력하세요. 여러 개면 평균을 냅니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/editor.py"/>
        <source>Prompts</source>
        <translation>프롬프트</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/editor.py"/>
        <source>Reference pictures</source>
        <translation>예시 사진</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/editor.py"/>
        <source>Add picture…</source>
        <translation>사진 추가…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/editor.py"/>
        <source>Find pictures that look like an example</source>
        <translation>예시와 비슷한 사진을 찾습니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/editor.py"/>
        <source>Remove</source>
        <translation>제거</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/editor.py"/>
        <source>Compare wordings…</source>
        <translation>표현 비교…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/editor.py"/>
        <source>Find out whether other words find your pictures better (Ctrl+K)</source>
        <translation>다른 말이 사진을 더 잘 찾는지 알아봅니다(Ctrl+K)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/editor.py"/>
        <source>No text, only the pictures below</source>
        <translation>글 없이 아래 사진만 사용</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/editor.py"/>
        <source>Choose example pictures</source>
        <translation>예시 사진 선택</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/editor.py"/>
        <source>Pictures</source>
        <translation>사진</translation>
    </message>
</context>
<context>
    <name>LabelPopup</name>
    <message>
        <location filename="../../clipdesk/gui/labels/label_popup.py"/>
        <source>Choose a label</source>
        <translation>라벨 선택</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/label_popup.py"/>
        <source>First letters of a label</source>
        <translation>라벨의 첫 글자</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/label_popup.py"/>
        <source>Labels</source>
        <translation>라벨</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/label_popup.py"/>
        <source>No label has “{text}” in its name</source>
        <translation>이름에 “{text}” 글자가 들어간 라벨이 없습니다</translation>
    </message>
</context>
<context>
    <name>LabelRanges</name>
    <message>
        <location filename="../../clipdesk/gui/review/label_ranges.py"/>
        <source>Figures by label</source>
        <translation>라벨별 수치</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/label_ranges.py"/>
        <source>{name}: right {right}, wrong {wrong}</source>
        <translation>{name}: 맞음 {right}, 틀림 {wrong}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/label_ranges.py"/>
        <source>right</source>
        <translation>맞음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/label_ranges.py"/>
        <source>still wrong</source>
        <translation>아직 틀림</translation>
    </message>
</context>
<context>
    <name>LabelsList</name>
    <message>
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Labels</source>
        <translation>라벨</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Rename</source>
        <translation>이름 바꾸기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Prompts…</source>
        <translation>프롬프트…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Show only “{label}”</source>
        <translation>“{label}” 라벨만 보기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Move up</source>
        <translation>위로 이동</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Move down</source>
        <translation>아래로 이동</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Colour</source>
        <translation>색</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Other…</source>
        <translation>다른 색…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Automatic</source>
        <translation>자동</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Blue</source>
        <translation>파랑</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Orange</source>
        <translation>주황</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Green</source>
        <translation>초록</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Pink</source>
        <translation>분홍</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Red</source>
        <translation>빨강</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Light blue</source>
        <translation>하늘색</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Olive</source>
        <translation>올리브</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Violet</source>
        <translation>보라</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Colour of the label</source>
        <translation>라벨 색</translation>
    </message>
</context>
<context>
    <name>LabelsModel</name>
    <message>
        <location filename="../../clipdesk/gui/labels/model.py"/>
        <source>Key {key}</source>
        <translation>단축키 {key}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/model.py"/>
        <source>The model does not know “{words}”, so do not rely on its scores.</source>
        <translation>모델이 “{words}”의 뜻을 모르므로 이 점수를 믿지 마세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/model.py"/>
        <source>For labels in other languages than English, choose the model “Any language”.</source>
        <translation>영어가 아닌 라벨을 쓰려면 ‘모든 언어(Any language)’ 모델을 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/model.py"/>
        <source>A prompt is too long for the model. Its end is ignored.</source>
        <translation>프롬프트가 모델에 너무 깁니다. 뒷부분은 무시됩니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/model.py"/>
        <source>A label needs a name.</source>
        <translation>라벨 이름을 입력하세요.</translation>
    </message>
</context>
<context>
    <name>LabelsPage</name>
    <message>
        <location filename="../../clipdesk/gui/compare/labels_page.py"/>
        <source>Pictures of each label</source>
        <translation>라벨별 사진</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/labels_page.py"/>
        <source>Label</source>
        <translation>라벨</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/labels_page.py"/>
        <source>Change</source>
        <translation>변화</translation>
    </message>
</context>
<context>
    <name>LabelsPanel</name>
    <message>
        <location filename="../../clipdesk/gui/labels/panel.py"/>
        <source>Type labels, press Enter</source>
        <translation>라벨을 입력하고 Enter</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/panel.py"/>
        <source>Separate labels with commas. Prompts follow an equals sign: dog=a puppy, asleep|a hound</source>
        <translation>라벨은 쉼표로 구분하세요. 프롬프트는 등호 뒤에 씁니다: dog=a puppy, asleep|a hound</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/panel.py"/>
        <source>New label</source>
        <translation>새 라벨</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/panel.py"/>
        <source>What are you looking for?
For example: dog, cat, red car</source>
        <translation>무엇을 찾으시나요?
예: dog, cat, red car</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/panel.py"/>
        <source>Make a new label</source>
        <translation>새 라벨 만들기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/panel.py"/>
        <source>Prompts</source>
        <translation>프롬프트</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/panel.py"/>
        <source>Templates</source>
        <translation>템플릿</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/panel.py"/>
        <source>Open and save labels</source>
        <translation>라벨 열기와 저장</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/panel.py"/>
        <source>Label sets</source>
        <translation>라벨 모음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/panel.py"/>
        <source>Labels</source>
        <translation>라벨</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/panel.py"/>
        <source>Details of the selected label</source>
        <translation>선택한 라벨의 세부 정보</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/panel.py"/>
        <source>picture</source>
        <translation>사진</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/panel.py"/>
        <source>A label needs a name.</source>
        <translation>라벨 이름을 입력하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/panel.py"/>
        <source>Prompts of “{label}”</source>
        <translation>“{label}” 프롬프트</translation>
    </message>
</context>
<context>
    <name>LearningPanel</name>
    <message>
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>Use what was learned</source>
        <translation>학습한 내용 사용</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>Off: the words and examples of the labels alone decide</source>
        <translation>끄면 라벨의 말과 예시만으로 판단합니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>Short check…</source>
        <translation>짧은 점검…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>Say which of two labels is right, without knowing which one was learned</source>
        <translation>어느 쪽이 학습한 라벨인지 모르는 채로 두 라벨 중 맞는 것을 고릅니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>Right by words</source>
        <translation>단어로 맞힘</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>Right as learned</source>
        <translation>학습으로 맞힘</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>Examples from you</source>
        <translation>직접 지정한 예시</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>Correct or confirm the labels of some pictures. ClipDesk learns from them and labels the others anew, as soon as that is better than the words alone.</source>
        <translation>사진 몇 장의 라벨을 고치거나 확인해 주세요. ClipDesk가 이를 학습해, 단어만 쓸 때보다 나아지면 나머지 사진의 라벨을 새로 붙입니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>Learned from {pictures}.</source>
        <translation>{pictures}에서 학습했습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>Not used, because you have switched it off.</source>
        <translation>꺼 두었기 때문에 사용하지 않습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>No other label would change.</source>
        <translation>다른 라벨은 바뀌지 않습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>Not used yet: it is not certain to be better than the words alone. More examples will help.</source>
        <translation>아직 사용하지 않습니다. 단어만 쓸 때보다 나은지 확실하지 않습니다. 예시가 더 있으면 도움이 됩니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>Estimated from {pictures} that were reviewed in random order.</source>
        <translation>무작위 순서로 검토한 {pictures}으로 추정했습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>In your check, the learned label was right {learned} times, the other one {words} times.</source>
        <translation>점검에서 학습한 라벨이 {learned}번, 다른 라벨이 {words}번 맞았습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>{count} more help</source>
        <translation>{count}개 더 필요</translation>
    </message>
</context>
<context>
    <name>LicencesDialog</name>
    <message>
        <location filename="../../clipdesk/gui/window/licences_dialog.py"/>
        <source>Licences</source>
        <translation>라이선스</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/licences_dialog.py"/>
        <source>Other software</source>
        <translation>다른 소프트웨어</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/licences_dialog.py"/>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/licences_dialog.py"/>
        <source>Reading the licences…</source>
        <translation>라이선스를 읽는 중…</translation>
    </message>
</context>
<context>
    <name>LikenessSlider</name>
    <message>
        <location filename="../../clipdesk/gui/find/likeness_slider.py"/>
        <source>How alike: to the right, only the most similar pictures stay</source>
        <translation>비슷한 정도: 오른쪽으로 갈수록 가장 비슷한 사진만 남습니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/find/likeness_slider.py"/>
        <source>How alike the pictures have to be</source>
        <translation>사진이 비슷해야 하는 정도</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <location filename="../../clipdesk/gui/window/main_window.py"/>
        <source>Labels</source>
        <translation>라벨</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/main_window.py"/>
        <source>Inspector</source>
        <translation>사진 정보</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/main_window.py"/>
        <source>Folders</source>
        <translation>폴더</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/main_window.py"/>
        <source>Unsure</source>
        <translation>불확실</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/main_window.py"/>
        <source>Learning</source>
        <translation>학습</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/main_window.py"/>
        <source>None of these</source>
        <translation>해당 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/main_window.py"/>
        <source>Add to the list</source>
        <translation>목록에 추가</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/main_window.py"/>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/main_window.py"/>
        <source>{name} (read-only)</source>
        <translation>{name}(읽기 전용)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/main_window.py"/>
        <source>Open this desk</source>
        <translation>이 작업 공간 열기</translation>
    </message>
</context>
<context>
    <name>ModelCommands</name>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>Choose a folder with open_clip_config.json and the weights</source>
        <translation>open_clip_config.json과 가중치 파일이 있는 폴더를 선택하세요</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>ClipDesk needs a model, and there is none on this computer yet.</source>
        <translation>ClipDesk에는 모델이 필요한데, 이 컴퓨터에는 아직 없습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>Download</source>
        <translation>다운로드</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>Download {title} ({size})</source>
        <translation>{title} 다운로드({size})</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>The starter model only knows simple things. For real work, get a better one.</source>
        <translation>스타터 모델은 단순한 것만 압니다. 실제 작업에는 더 좋은 모델을 받으세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>none yet</source>
        <translation>아직 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>Model: {model}</source>
        <translation>모델: {model}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>Choose a model</source>
        <translation>모델 선택</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>From a folder…</source>
        <translation>폴더에서…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>{model} (built in): simple things only, offline</source>
        <translation>{model}(내장): 단순한 것만, 오프라인</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>For real work, get {title}  ({size} download)</source>
        <translation>실제 작업용: {title} 받기  (다운로드 {size})</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>{title}  ({size} download)</source>
        <translation>{title}  (다운로드 {size})</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>Loading {model}…</source>
        <translation>{model} 불러오는 중…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>{stage} {model}</source>
        <translation>{model} {stage}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>{model} on {place}</source>
        <translation>{model} · {place}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>Trying how fast {model} can be on this computer…</source>
        <translation>{model} 모델이 이 컴퓨터에서 얼마나 빠를 수 있는지 시험하는 중…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>{model} is about {times} times as fast now. Its scores differ slightly.</source>
        <translation>이제 {model} 모델이 약 {times}배 빠릅니다. 점수가 조금 달라집니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>{model} would not be faster on this computer, so nothing was changed.</source>
        <translation>{model} 모델은 이 컴퓨터에서 더 빨라지지 않으므로 아무것도 바꾸지 않았습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>The scores of {model} would differ too much, so nothing was changed.</source>
        <translation>{model} 모델의 점수가 너무 많이 달라지므로 아무것도 바꾸지 않았습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>The model could not be tried</source>
        <translation>모델을 시험하지 못했습니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>{model} cannot be made faster with nearly the same scores. It computes as usual.</source>
        <translation>{model} 모델은 점수를 거의 그대로 두고 더 빠르게 할 수 없습니다. 평소처럼 계산합니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>Choose a model…</source>
        <translation>모델 선택…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>The model could not be loaded</source>
        <translation>모델을 불러오지 못했습니다</translation>
    </message>
</context>
<context>
    <name>ModelsDialog</name>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>Models</source>
        <translation>모델</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>Search all open_clip models: ViT-L, SigLIP, convnext…</source>
        <translation>모든 open_clip 모델 검색: ViT-L, SigLIP, convnext…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>Search all models</source>
        <translation>모든 모델 검색</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>On this computer</source>
        <translation>이 컴퓨터</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>Speed here</source>
        <translation>여기서의 속도</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>Licence</source>
        <translation>라이선스</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>Delete download…</source>
        <translation>다운로드 삭제…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>Use</source>
        <translation>사용</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>From a folder…</source>
        <translation>폴더에서…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>Use a model from a folder with open_clip_config.json and the weights</source>
        <translation>open_clip_config.json과 가중치 파일이 있는 폴더의 모델을 사용합니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>{number} a second</source>
        <translation>초당 {number}장</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>In use</source>
        <translation>사용 중</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>Built in</source>
        <translation>내장</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>Ready</source>
        <translation>준비됨</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>No model&apos;s name contains these words.</source>
        <translation>이 말이 이름에 들어간 모델이 없습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>Download and use</source>
        <translation>다운로드하고 사용</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>Delete download</source>
        <translation>다운로드 삭제</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>Delete {name} ({size}) from this computer? You can download it again.</source>
        <translation>이 컴퓨터에서 {name}({size}) 모델을 삭제할까요? 다시 다운로드할 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>NewsBar</name>
    <message>
        <location filename="../../clipdesk/gui/window/news_bar.py"/>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/news_bar.py"/>
        <source>Close this message</source>
        <translation>이 메시지 닫기</translation>
    </message>
</context>
<context>
    <name>NonePanel</name>
    <message>
        <location filename="../../clipdesk/gui/teaching/none_panel.py"/>
        <source>Find “none of these”</source>
        <translation>‘해당 없음’ 찾기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/none_panel.py"/>
        <source>Mark the pictures that probably fit none of the labels</source>
        <translation>맞는 라벨이 없어 보이는 사진을 표시합니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/none_panel.py"/>
        <source>Least probability of “none of these”</source>
        <translation>‘해당 없음’의 최소 확률</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/none_panel.py"/>
        <source>Learned from {judged} pictures that you judged, {none} of them as none of these.</source>
        <translation>판정한 사진 {judged}장에서 학습했습니다. 그중 {none}장이 ‘해당 없음’입니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/none_panel.py"/>
        <source>Say of some pictures that none of the labels fits. From {least} judged pictures on, ClipDesk finds more of these. So far: {judged}, {none} of them as none of these.</source>
        <translation>사진 몇 장을 맞는 라벨이 없다고 지정해 주세요. {least}장 이상 판정하면 ClipDesk가 그런 사진을 더 찾습니다. 지금까지 {judged}장, 그중 {none}장이 ‘해당 없음’입니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/none_panel.py"/>
        <source>{low} to {high}</source>
        <translation>{low}~{high}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/none_panel.py"/>
        <source>{pictures}. About {right} of them fit no label ({right_range}). That is about {found} of all such pictures ({found_range}).</source>
        <translation>{pictures}. 그중 약 {right}는 맞는 라벨이 없습니다({right_range}). 그런 사진 전체의 약 {found}입니다({found_range}).</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/none_panel.py"/>
        <source>No picture. Move the slider to the left to find more.</source>
        <translation>사진이 없습니다. 더 찾으려면 슬라이더를 왼쪽으로 옮기세요.</translation>
    </message>
</context>
<context>
    <name>NothingMatches</name>
    <message>
        <location filename="../../clipdesk/gui/results/nothing_matches.py"/>
        <source>No picture matches the filter</source>
        <translation>필터에 맞는 사진이 없습니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/nothing_matches.py"/>
        <source>The pictures are still being read</source>
        <translation>아직 사진을 읽고 있습니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/nothing_matches.py"/>
        <source>The search found no picture</source>
        <translation>검색 결과가 없습니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/nothing_matches.py"/>
        <source>Show all</source>
        <translation>모두 보기</translation>
    </message>
</context>
<context>
    <name>PictureCommands</name>
    <message>
        <location filename="../../clipdesk/gui/commands/picture_commands.py"/>
        <source>{pictures} removed from the list. The files stay where they are.</source>
        <translation>{pictures}을 목록에서 뺐습니다. 파일은 그대로 있습니다.</translation>
    </message>
</context>
<context>
    <name>PictureTerm</name>
    <message>
        <location filename="../../clipdesk/gui/find/picture_term.py"/>
        <source>Like this picture</source>
        <translation>이 사진과 비슷하게</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/find/picture_term.py"/>
        <source>Counts twice</source>
        <translation>두 배로 반영</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/find/picture_term.py"/>
        <source>Not like this picture</source>
        <translation>이 사진과 다르게</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/find/picture_term.py"/>
        <source>Take away</source>
        <translation>빼기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/find/picture_term.py"/>
        <source>Not like {file}</source>
        <translation>{file}과(와) 다르게</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/find/picture_term.py"/>
        <source>Like {file}, counts twice</source>
        <translation>{file}과(와) 비슷하게, 두 배로 반영</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/find/picture_term.py"/>
        <source>Like {file}</source>
        <translation>{file}과(와) 비슷하게</translation>
    </message>
</context>
<context>
    <name>PictureTile</name>
    <message>
        <location filename="../../clipdesk/gui/duplicates/picture_tile.py"/>
        <source>Keep</source>
        <translation>보관</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/picture_tile.py"/>
        <source>Keep this picture; the others of the group may go</source>
        <translation>이 사진을 남깁니다. 묶음의 나머지는 옮길 수 있습니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/picture_tile.py"/>
        <source>Keep {name}</source>
        <translation>{name} 보관</translation>
    </message>
</context>
<context>
    <name>PictureView</name>
    <message>
        <location filename="../../clipdesk/gui/picture/picture_view.py"/>
        <source>Loading…</source>
        <translation>불러오는 중…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/picture_view.py"/>
        <source>Picture</source>
        <translation>사진</translation>
    </message>
</context>
<context>
    <name>PlanDialog</name>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_dialog.py"/>
        <source>Move pictures</source>
        <translation>사진 옮기기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_dialog.py"/>
        <source>Choose…</source>
        <translation>선택…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_dialog.py"/>
        <source>Choose another folder</source>
        <translation>다른 폴더 선택</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_dialog.py"/>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_dialog.py"/>
        <source>Into</source>
        <translation>옮길 곳</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_dialog.py"/>
        <source>Planning…</source>
        <translation>계획하는 중…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_dialog.py"/>
        <source>Choose a folder</source>
        <translation>폴더 선택</translation>
    </message>
</context>
<context>
    <name>PlanModel</name>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_model.py"/>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_model.py"/>
        <source>Pictures</source>
        <translation>사진</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_model.py"/>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_model.py"/>
        <source>as {name}</source>
        <translation>{name} 이름으로</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_model.py"/>
        <source>with {name}</source>
        <translation>{name} 포함</translation>
    </message>
</context>
<context>
    <name>PlanTree</name>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_view.py"/>
        <source>Plan</source>
        <translation>계획</translation>
    </message>
</context>
<context>
    <name>PlanView</name>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_view.py"/>
        <source>Picture</source>
        <translation>사진</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_view.py"/>
        <source>What happens</source>
        <translation>처리 내용</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_view.py"/>
        <source>Pictures that stay</source>
        <translation>그대로 두는 사진</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_view.py"/>
        <source>Why it stays</source>
        <translation>그대로 두는 이유</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_view.py"/>
        <source>Name clashes</source>
        <translation>이름 충돌</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_view.py"/>
        <source>Companions</source>
        <translation>딸린 파일</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_view.py"/>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_view.py"/>
        <source>The name is taken: saved as {name}</source>
        <translation>같은 이름이 있어 {name} 이름으로 저장</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_view.py"/>
        <source>Goes with {name}</source>
        <translation>{name} 사진과 함께</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_view.py"/>
        <source>Stays: {reason}</source>
        <translation>그대로 둠: {reason}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_view.py"/>
        <source>Sorted</source>
        <translation>정리</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_view.py"/>
        <source>Stays</source>
        <translation>그대로</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_view.py"/>
        <source>Clashes</source>
        <translation>충돌</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_view.py"/>
        <source>The pictures that will be sorted, by folder</source>
        <translation>폴더별로 정리할 사진</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_view.py"/>
        <source>The pictures that stay where they are, and why</source>
        <translation>그대로 두는 사진과 그 이유</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_view.py"/>
        <source>Pictures whose name is taken in their folder</source>
        <translation>폴더에 같은 이름이 이미 있는 사진</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_view.py"/>
        <source>Files that belong to a picture, such as sidecar files</source>
        <translation>사이드카처럼 사진에 딸린 파일</translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>Preferences</source>
        <translation>환경설정</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>Like the system</source>
        <translation>시스템 설정 따르기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>Open again now</source>
        <translation>지금 다시 열기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>Pictures, labels and corrections stay. Undo begins anew.</source>
        <translation>사진과 라벨, 수정 내용은 그대로이며, 실행 취소 기록만 새로 시작합니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>Automatic (graphics card if there is one)</source>
        <translation>자동(그래픽 카드가 있으면 사용)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>CPU, full precision (fp32)</source>
        <translation>CPU, 전체 정밀도(fp32)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>CPU, faster but less exact (bf16)</source>
        <translation>CPU, 빠르지만 덜 정확함(bf16)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>CPU, rounded numbers (int8): scores differ slightly</source>
        <translation>CPU, 반올림한 수(int8): 점수가 조금 달라짐</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>NVIDIA graphics card (CUDA)</source>
        <translation>NVIDIA 그래픽 카드(CUDA)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>NVIDIA graphics card, full precision (fp32)</source>
        <translation>NVIDIA 그래픽 카드, 전체 정밀도(fp32)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>Apple graphics (MPS)</source>
        <translation>Apple 그래픽(MPS)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>Also save the model&apos;s name and the prompts</source>
        <translation>모델 이름과 프롬프트도 저장</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>Saved in a small .json file next to the scores, so that others can repeat them</source>
        <translation>다른 사람이 같은 결과를 얻을 수 있도록 점수 옆에 작은 .json 파일로 저장합니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>Show RAW + JPEG pairs as one picture</source>
        <translation>RAW + JPEG 쌍을 사진 한 장으로 표시</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>Folders that you labelled before open at once.</source>
        <translation>전에 라벨을 붙인 폴더는 바로 열립니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>&amp;Keep scores in</source>
        <translation>점수 저장 위치(&amp;K)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>At &amp;most</source>
        <translation>최대 용량(&amp;M)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>&amp;Appearance</source>
        <translation>모양(&amp;A)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>The language changes when ClipDesk is opened again.</source>
        <translation>ClipDesk를 다시 열면 언어가 바뀝니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>&amp;Language</source>
        <translation>언어 Language(&amp;L)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>Pictures whose best label is less probable than this are marked unsure.</source>
        <translation>가장 높은 라벨의 확률이 이보다 낮은 사진은 불확실로 표시합니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>&amp;Unsure below</source>
        <translation>불확실 기준(&amp;U)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>A change loads the model again. Finished scores are kept.</source>
        <translation>바꾸면 모델을 다시 불러옵니다. 계산된 점수는 남습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>Compute &amp;on</source>
        <translation>계산 장치(&amp;O)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>The JPEG stands for both. Applies to pictures that are added from now on.</source>
        <translation>JPEG가 둘을 대표합니다. 앞으로 추가하는 사진부터 적용됩니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>Camera &amp;raw</source>
        <translation>카메라 RAW(&amp;R)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
</context>
<context>
    <name>ProbabilityField</name>
    <message>
        <location filename="../../clipdesk/gui/results/probability_field.py"/>
        <source>Show only pictures whose label is at least this probable</source>
        <translation>라벨 확률이 이 값 이상인 사진만 보기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/probability_field.py"/>
        <source>Minimum probability</source>
        <translation>최소 확률</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/probability_field.py"/>
        <source>Clear</source>
        <translation>지우기</translation>
    </message>
</context>
<context>
    <name>QuickLook</name>
    <message>
        <location filename="../../clipdesk/gui/picture/quick_look.py"/>
        <source>Previous picture (←)</source>
        <translation>이전 사진(←)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/quick_look.py"/>
        <source>Next picture (→)</source>
        <translation>다음 사진(→)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/quick_look.py"/>
        <source>Smaller (−)</source>
        <translation>작게(−)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/quick_look.py"/>
        <source>Larger (+)</source>
        <translation>크게(+)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/quick_look.py"/>
        <source>Whole picture (F)</source>
        <translation>사진 전체(F)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/quick_look.py"/>
        <source>Close (Space)</source>
        <translation>닫기(Space)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/quick_look.py"/>
        <source>{position} of {total}</source>
        <translation>{position}/{total}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/quick_look.py"/>
        <source>Quick look: {name}</source>
        <translation>크게 보기: {name}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/quick_look.py"/>
        <source>Can&apos;t be read</source>
        <translation>읽을 수 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/quick_look.py"/>
        <source>Unsure · {label}</source>
        <translation>불확실 · {label}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/quick_look.py"/>
        <source>{percent} %</source>
        <translation>{percent}%</translation>
    </message>
</context>
<context>
    <name>ResultsHeader</name>
    <message>
        <location filename="../../clipdesk/gui/results/header.py"/>
        <source>A column for each label</source>
        <translation>라벨마다 열 표시</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/header.py"/>
        <source>Show all columns</source>
        <translation>모든 열 표시</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/header.py"/>
        <source>Reset order and widths</source>
        <translation>순서와 너비 초기화</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/header.py"/>
        <source>Order added</source>
        <translation>추가한 순서</translation>
    </message>
</context>
<context>
    <name>ResultsTable</name>
    <message>
        <location filename="../../clipdesk/gui/results/table.py"/>
        <source>Results</source>
        <translation>결과</translation>
    </message>
</context>
<context>
    <name>ReviewCommands</name>
    <message>
        <location filename="../../clipdesk/gui/commands/review_commands.py"/>
        <source>There is nothing to review yet. Add pictures and labels first, and wait for their labels.</source>
        <translation>아직 검토할 것이 없습니다. 먼저 사진과 라벨을 추가하고 라벨이 붙을 때까지 기다리세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/review_commands.py"/>
        <source>All pictures have been looked at.</source>
        <translation>모든 사진을 살펴보았습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/review_commands.py"/>
        <source>{position} of {total}</source>
        <translation>{position}/{total}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/review_commands.py"/>
        <source>“{label}” is right</source>
        <translation>“{label}” 맞음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/review_commands.py"/>
        <source>{right} of {count}</source>
        <translation>{count} 중 {right}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/review_commands.py"/>
        <source>Answer some pictures to learn how many labels are wrong.</source>
        <translation>사진 몇 장에 답하면 틀린 라벨이 얼마나 되는지 알 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>ReviewView</name>
    <message>
        <location filename="../../clipdesk/gui/review/review_view.py"/>
        <source>Close the review (Esc)</source>
        <translation>검토 닫기(Esc)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/review_view.py"/>
        <source>Close the review</source>
        <translation>검토 닫기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/review_view.py"/>
        <source>Fair sample</source>
        <translation>공정한 표본</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/review_view.py"/>
        <source>Doubtful pictures come early, and the rest is estimated</source>
        <translation>의심스러운 사진이 먼저 나오고, 나머지의 오류를 추정합니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/review_view.py"/>
        <source>Doubtful first</source>
        <translation>의심스러운 것부터</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/review_view.py"/>
        <source>Finds wrong labels fastest, but estimates nothing</source>
        <translation>틀린 라벨을 가장 빨리 찾지만, 추정은 하지 않습니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/review_view.py"/>
        <source>Begin a new round</source>
        <translation>새 검토 시작</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/review_view.py"/>
        <source>Wrong labels that are acceptable</source>
        <translation>허용할 틀린 라벨의 비율</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/review_view.py"/>
        <source>Check what was learned</source>
        <translation>학습 내용 확인</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/review_view.py"/>
        <source>Review: {name}</source>
        <translation>검토: {name}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/review_view.py"/>
        <source>Review</source>
        <translation>검토</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/review_view.py"/>
        <source>Enough when at most</source>
        <translation>충분한 기준: 오류</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/review_view.py"/>
        <source>are wrong</source>
        <translation>이하</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/review_view.py"/>
        <source>Label, keys and figures</source>
        <translation>라벨, 단축키, 수치</translation>
    </message>
</context>
<context>
    <name>RulesForm</name>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>All {pictures}</source>
        <translation>모든 사진({pictures})</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>The {pictures} shown</source>
        <translation>보이는 사진({pictures})</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>The {pictures} selected</source>
        <translation>선택한 사진({pictures})</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>Choose a folder</source>
        <translation>폴더 선택</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>Choose…</source>
        <translation>선택…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>The originals stay where they are</source>
        <translation>원본은 제자리에 그대로 있습니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>Move</source>
        <translation>이동</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>The originals go into the folders</source>
        <translation>원본이 폴더로 옮겨집니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>Link</source>
        <translation>링크</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>The folders show the originals and take no space</source>
        <translation>폴더에 원본이 보이며 공간을 차지하지 않습니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>Hard links: a second name for each file, on the same disk</source>
        <translation>하드 링크: 같은 디스크에서 파일마다 이름을 하나 더 둡니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>Symbolic links: pointers, broken if the originals move</source>
        <translation>심볼릭 링크: 원본을 가리키며, 원본을 옮기면 끊어집니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>Keep subfolders</source>
        <translation>하위 폴더 유지</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>Repeat the subfolders of the pictures inside each target folder</source>
        <translation>각 대상 폴더 안에 사진의 하위 폴더를 똑같이 만듭니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>Skip pictures that are there already</source>
        <translation>이미 있는 사진은 건너뛰기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>Same name and same contents: the picture is not copied a second time</source>
        <translation>이름과 내용이 같으면 사진을 다시 복사하지 않습니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>Take companions along</source>
        <translation>딸린 파일도 함께</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>Sidecar files (.xmp, .aae, .json …), RAW twins and the videos of Live Photos follow their picture</source>
        <translation>사이드카 파일(.xmp, .aae, .json …), 짝이 되는 RAW 파일, Live Photo 동영상이 사진을 따라갑니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>&amp;Pictures</source>
        <translation>사진(&amp;P)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>&amp;Into the folder</source>
        <translation>대상 폴더(&amp;I)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>What happens to the files</source>
        <translation>파일 처리 방법</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>&amp;Folders</source>
        <translation>폴더(&amp;F)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>Sort only from pro&amp;bability</source>
        <translation>정리할 최소 확률(&amp;B)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>Sort only from &amp;margin</source>
        <translation>정리할 최소 격차(&amp;M)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>Choose the folder to sort into</source>
        <translation>정리할 대상 폴더를 선택하세요</translation>
    </message>
</context>
<context>
    <name>RulesList</name>
    <message>
        <location filename="../../clipdesk/gui/duplicates/rules_list.py"/>
        <source>Which picture to keep</source>
        <translation>남길 사진</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/rules_list.py"/>
        <source>Up</source>
        <translation>위로</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/rules_list.py"/>
        <source>Down</source>
        <translation>아래로</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/rules_list.py"/>
        <source>Keep the one with</source>
        <translation>남길 사진의 기준</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/duplicates/rules_list.py"/>
        <source>The first rule decides. Where it finds no difference, the next one does.</source>
        <translation>첫 번째 기준으로 정합니다. 차이가 없으면 다음 기준으로 정합니다.</translation>
    </message>
</context>
<context>
    <name>ScoreBars</name>
    <message>
        <location filename="../../clipdesk/gui/picture/score_bars.py"/>
        <source>Labels of this picture</source>
        <translation>이 사진의 라벨</translation>
    </message>
</context>
<context>
    <name>SearchBar</name>
    <message>
        <location filename="../../clipdesk/gui/find/search_bar.py"/>
        <source>How many pictures</source>
        <translation>사진 수</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/find/search_bar.py"/>
        <source>How many of the best pictures are shown</source>
        <translation>잘 맞는 사진을 몇 장까지 보일지 정합니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/find/search_bar.py"/>
        <source>Best {count}</source>
        <translation>상위 {count}장</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/find/search_bar.py"/>
        <source>All, best first</source>
        <translation>전체, 잘 맞는 순</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/find/search_bar.py"/>
        <source>vaguely</source>
        <translation>대강</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/find/search_bar.py"/>
        <source>nearly the same</source>
        <translation>거의 같음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/find/search_bar.py"/>
        <source>Make a label of this</source>
        <translation>이 검색으로 라벨 만들기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/find/search_bar.py"/>
        <source>Add a label that finds these pictures from now on</source>
        <translation>앞으로 이런 사진을 찾는 라벨을 추가합니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/find/search_bar.py"/>
        <source>Leave the search (Esc)</source>
        <translation>검색 끝내기(Esc)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/find/search_bar.py"/>
        <source>Leave the search</source>
        <translation>검색 끝내기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/find/search_bar.py"/>
        <source>Search for pictures like this</source>
        <translation>이런 사진 검색</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/find/search_bar.py"/>
        <source>Similar to</source>
        <translation>비슷한 사진:</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/find/search_bar.py"/>
        <source>Searching…</source>
        <translation>검색 중…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/find/search_bar.py"/>
        <source>Drop pictures here, or select some and choose Find similar.</source>
        <translation>여기에 사진을 끌어다 놓거나, 사진을 선택하고 비슷한 사진 찾기를 누르세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/find/search_bar.py"/>
        <source>Describe what the pictures show. A comma begins another term, +term counts twice, -term leaves out. A picture dropped here is a term, too.</source>
        <translation>사진에 무엇이 있는지 적으세요. 쉼표로 검색어를 나누고, +검색어는 두 배로 반영하며, -검색어는 제외합니다. 여기에 끌어다 놓은 사진도 검색어가 됩니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/find/search_bar.py"/>
        <source>Make a label</source>
        <translation>라벨 만들기</translation>
    </message>
</context>
<context>
    <name>Searcher</name>
    <message>
        <location filename="../../clipdesk/gui/session/searcher.py"/>
        <source>These words have not been sent to the server yet. Start labelling to allow that.</source>
        <translation>이 단어들은 아직 서버로 보내지 않았습니다. 허용하려면 라벨 지정을 시작하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/searcher.py"/>
        <source>The model did not answer. Try again.</source>
        <translation>모델이 응답하지 않았습니다. 다시 시도하세요.</translation>
    </message>
</context>
<context>
    <name>ServerCommands</name>
    <message>
        <location filename="../../clipdesk/gui/commands/server_commands.py"/>
        <source>The key could not be stored in the keyring. It is used until ClipDesk closes.</source>
        <translation>키를 키링에 저장하지 못했습니다. ClipDesk를 닫을 때까지만 사용합니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/server_commands.py"/>
        <source>Run on: {place}</source>
        <translation>실행 위치: {place}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/server_commands.py"/>
        <source>this computer</source>
        <translation>이 컴퓨터</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/server_commands.py"/>
        <source>Roboflow</source>
        <translation>Roboflow</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/server_commands.py"/>
        <source>local server</source>
        <translation>로컬 서버</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/server_commands.py"/>
        <source>&amp;This computer</source>
        <translation>이 컴퓨터(&amp;T)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/server_commands.py"/>
        <source>&amp;Roboflow hosted</source>
        <translation>Roboflow 호스팅(&amp;R)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/server_commands.py"/>
        <source>&amp;Local server (localhost:9001)</source>
        <translation>로컬 서버(localhost:9001)(&amp;L)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/server_commands.py"/>
        <source>&amp;Other address ({address})</source>
        <translation>다른 주소({address})(&amp;O)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/server_commands.py"/>
        <source>&amp;Other address…</source>
        <translation>다른 주소(&amp;O)…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/server_commands.py"/>
        <source>ClipDesk runs {model} on this computer meanwhile.</source>
        <translation>그동안 ClipDesk는 이 컴퓨터에서 {model} 모델을 실행합니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/server_commands.py"/>
        <source>Continue</source>
        <translation>계속</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/server_commands.py"/>
        <source>Server settings…</source>
        <translation>서버 설정…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/server_commands.py"/>
        <source>Run on this computer</source>
        <translation>이 컴퓨터에서 실행</translation>
    </message>
</context>
<context>
    <name>ServerDialog</name>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Server</source>
        <translation>서버</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Roboflow hosted</source>
        <translation>Roboflow 호스팅</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Local server (localhost:9001)</source>
        <translation>로컬 서버(localhost:9001)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Other address</source>
        <translation>다른 주소</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Where to run</source>
        <translation>실행 위치</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Where the key is kept</source>
        <translation>키 보관 위치</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Looking for a keyring…</source>
        <translation>키링을 찾는 중…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Keep the key in this system&apos;s keyring</source>
        <translation>이 시스템의 키링에 키 보관</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Format of the pictures that are sent</source>
        <translation>보내는 사진의 형식</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>PNG: exact pixels</source>
        <translation>PNG: 픽셀 그대로</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>JPEG: a third of the size</source>
        <translation>JPEG: 크기 3분의 1</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Same weights as</source>
        <translation>같은 가중치의 모델</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>None</source>
        <translation>없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Test connection</source>
        <translation>연결 테스트</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Use</source>
        <translation>사용</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>&amp;Where</source>
        <translation>위치(&amp;W)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>&amp;Address</source>
        <translation>주소(&amp;A)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>&amp;Model</source>
        <translation>모델(&amp;M)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>&amp;Key</source>
        <translation>키(&amp;K)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>&amp;Pictures as</source>
        <translation>사진 형식(&amp;P)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>At &amp;once</source>
        <translation>동시 요청(&amp;O)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>The most requests at the same time. ClipDesk starts with two and adapts.</source>
        <translation>동시에 보내는 최대 요청 수입니다. ClipDesk가 두 개로 시작해 조절합니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>&amp;Same as</source>
        <translation>같은 모델(&amp;S)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>If the server runs the same model as this computer, scores computed by one count for both.</source>
        <translation>서버가 이 컴퓨터와 같은 모델을 실행하면, 한쪽에서 계산한 점수를 양쪽에서 함께 씁니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>More</source>
        <translation>더 보기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>the key you typed</source>
        <translation>입력한 키</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>https://… or http://192.168.1.20:9001</source>
        <translation>https://… 또는 http://192.168.1.20:9001</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>For several servers, put spaces between the addresses.</source>
        <translation>서버가 여러 대면 주소를 띄어쓰기로 구분하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>If empty: {origin}</source>
        <translation>비워 두면: {origin}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>From your workspace&apos;s settings at Roboflow</source>
        <translation>Roboflow 워크스페이스 설정에서 확인</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Leave empty if the server needs no key</source>
        <translation>서버에 키가 필요 없으면 비워 두세요</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Forget the key when ClipDesk closes</source>
        <translation>ClipDesk를 닫을 때 키를 지우기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>This system has no keyring, and a key is not safe in a file.</source>
        <translation>이 시스템에는 키링이 없고, 키를 파일에 두는 것은 안전하지 않습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Connecting…</source>
        <translation>연결 중…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Stopped.</source>
        <translation>중지했습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Enter the address of the server.</source>
        <translation>서버 주소를 입력하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Enter only host and path. The key has its own field.</source>
        <translation>호스트와 경로만 입력하세요. 키 입력란은 따로 있습니다.</translation>
    </message>
</context>
<context>
    <name>SidecarFields</name>
    <message>
        <location filename="../../clipdesk/gui/export/sidecar_fields.py"/>
        <source>ClipDesk finds its keywords by this one, and updates or removes them at the next export.</source>
        <translation>ClipDesk는 이 키워드로 자신이 쓴 키워드를 찾아, 다음에 내보낼 때 고치거나 지웁니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/sidecar_fields.py"/>
        <source>x.xmp, as in Lightroom and Capture One</source>
        <translation>x.xmp(Lightroom, Capture One 방식)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/sidecar_fields.py"/>
        <source>x.jpg.xmp, as in darktable and digiKam</source>
        <translation>x.jpg.xmp(darktable, digiKam 방식)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/sidecar_fields.py"/>
        <source>Write &amp;unsure labels, too</source>
        <translation>불확실한 라벨도 쓰기(&amp;U)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/sidecar_fields.py"/>
        <source>Sidecars lie beside the pictures, which stay untouched. In existing ones, only the keywords below this one change. Lightroom reads sidecars for raw files only. For a JPEG, it reads the metadata in the file itself.</source>
        <translation>사이드카는 사진 옆에 놓이며 사진은 바뀌지 않습니다. 이미 있는 사이드카에서는 이 키워드 아래의 키워드만 바뀝니다. Lightroom은 RAW 파일의 사이드카만 읽고, JPEG는 파일 안의 메타데이터를 읽습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/sidecar_fields.py"/>
        <source>Keyword above the &amp;labels</source>
        <translation>라벨의 상위 키워드(&amp;L)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/sidecar_fields.py"/>
        <source>Name of the &amp;sidecar of x.jpg</source>
        <translation>x.jpg의 사이드카 이름(&amp;S)</translation>
    </message>
</context>
<context>
    <name>SortDialog</name>
    <message>
        <location filename="../../clipdesk/gui/sorting/sort_dialog.py"/>
        <source>Sort into folders</source>
        <translation>폴더로 정리</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/sort_dialog.py"/>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/sort_dialog.py"/>
        <source>Unsure</source>
        <translation>불확실</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/sort_dialog.py"/>
        <source>None of these</source>
        <translation>해당 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/sort_dialog.py"/>
        <source>Choose the folder that the pictures are sorted into.
Nothing happens yet.</source>
        <translation>사진을 정리해 넣을 폴더를 선택하세요.
아직 아무것도 바뀌지 않습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/sort_dialog.py"/>
        <source>Planning…</source>
        <translation>계획하는 중…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/sort_dialog.py"/>
        <source>{size} in all</source>
        <translation>합계 {size}</translation>
    </message>
</context>
<context>
    <name>SortingCommands</name>
    <message>
        <location filename="../../clipdesk/gui/commands/sorting_commands.py"/>
        <source>Select pictures first, then press the folder&apos;s key.</source>
        <translation>먼저 사진을 선택한 뒤 폴더의 키를 누르세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/sorting_commands.py"/>
        <source>“{folder}” does not exist yet. It is made when the first picture goes there.</source>
        <translation>“{folder}” 폴더는 아직 없습니다. 첫 사진이 들어갈 때 만들어집니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/sorting_commands.py"/>
        <source>Stopped: the other files stay where they are.</source>
        <translation>중지했습니다. 나머지 파일은 그대로 있습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/sorting_commands.py"/>
        <source>Nothing was left to take back.</source>
        <translation>되돌릴 것이 없습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/sorting_commands.py"/>
        <source>The pictures are in that folder already.</source>
        <translation>사진이 이미 그 폴더에 있습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/sorting_commands.py"/>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/sorting_commands.py"/>
        <source>History…</source>
        <translation>기록…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/sorting_commands.py"/>
        <source>Show folders</source>
        <translation>폴더 보기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/sorting_commands.py"/>
        <source>Taking back</source>
        <translation>되돌리는 중</translation>
    </message>
</context>
<context>
    <name>SortsModel</name>
    <message>
        <location filename="../../clipdesk/gui/sorting/history_dialog.py"/>
        <source>When</source>
        <translation>날짜</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/history_dialog.py"/>
        <source>What</source>
        <translation>내용</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/history_dialog.py"/>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/history_dialog.py"/>
        <source>{sort} Redone.</source>
        <translation>{sort} 다시 실행했습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/history_dialog.py"/>
        <source>{sort} {count} of them taken back.</source>
        <translation>{sort} 그중 {count}개를 되돌렸습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/history_dialog.py"/>
        <source>{sort} Taken back.</source>
        <translation>{sort} 되돌렸습니다.</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <location filename="../../clipdesk/gui/commands/status.py"/>
        <source>Type a label to begin</source>
        <translation>라벨을 입력해 시작하세요</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/status.py"/>
        <source>Choose a model to begin</source>
        <translation>모델을 선택해 시작하세요</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/status.py"/>
        <source>Stopped: {pictures} not labelled yet</source>
        <translation>중지됨: {pictures}에 아직 라벨 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/status.py"/>
        <source>Done. Add a second label to compare with</source>
        <translation>완료. 비교할 라벨을 하나 더 추가하세요</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/status.py"/>
        <source>Done</source>
        <translation>완료</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/status.py"/>
        <source>Looking for pictures… {count} found</source>
        <translation>사진을 찾는 중… {count}장 찾음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/status.py"/>
        <source>{problem} (and {count} more)</source>
        <translation>{problem} (외 {count}건)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/status.py"/>
        <source>No pictures found there. Try another folder.</source>
        <translation>거기에는 사진이 없습니다. 다른 폴더를 선택해 보세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/status.py"/>
        <source>These pictures are already in the list.</source>
        <translation>이 사진들은 이미 목록에 있습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/status.py"/>
        <source>{pictures} added.</source>
        <translation>{pictures}을 추가했습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/status.py"/>
        <source>{pictures} changed.</source>
        <translation>{pictures}이 바뀌었습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/status.py"/>
        <source>{pictures} missing and marked in the list.</source>
        <translation>{pictures}이 없어져 목록에 표시했습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/status.py"/>
        <source>Stopping…</source>
        <translation>중지하는 중…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/status.py"/>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/status.py"/>
        <source>Labelling stopped</source>
        <translation>라벨 붙이기가 중단되었습니다</translation>
    </message>
</context>
<context>
    <name>StoreFields</name>
    <message>
        <location filename="../../clipdesk/gui/settings/store_fields.py"/>
        <source>Change…</source>
        <translation>변경…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/store_fields.py"/>
        <source>The folder is set by the environment variable {name}.</source>
        <translation>폴더가 환경 변수 {name}에 지정되어 있습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/store_fields.py"/>
        <source>Clear… ({size})</source>
        <translation>비우기… ({size})</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/store_fields.py"/>
        <source>Clear…</source>
        <translation>비우기…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/store_fields.py"/>
        <source>Delete all kept scores and thumbnails. Pictures are computed again when needed.</source>
        <translation>저장된 점수와 썸네일을 모두 삭제합니다. 필요할 때 사진을 다시 계산합니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/store_fields.py"/>
        <source>Choose a folder to keep scores in</source>
        <translation>점수를 저장할 폴더 선택</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/store_fields.py"/>
        <source>Delete all kept scores and thumbnails?</source>
        <translation>저장된 점수와 썸네일을 모두 삭제할까요?</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/store_fields.py"/>
        <source>This frees {size}. Your pictures and labels stay. Pictures that you open later are computed again.</source>
        <translation>{size}의 공간이 생깁니다. 사진과 라벨은 그대로 있습니다. 나중에 여는 사진은 다시 계산합니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/store_fields.py"/>
        <source>Clear</source>
        <translation>비우기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/store_fields.py"/>
        <source>The settings could not be saved: {reason}.</source>
        <translation>설정을 저장하지 못했습니다: {reason}.</translation>
    </message>
</context>
<context>
    <name>SummaryLine</name>
    <message>
        <location filename="../../clipdesk/gui/results/summary_line.py"/>
        <source>{shown} of {total} pictures</source>
        <translation>사진 {total}장 중 {shown}장</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/summary_line.py"/>
        <source>ranked by similarity to {label}</source>
        <translation>{label} 유사도순</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/summary_line.py"/>
        <source>{count} {label}</source>
        <translation>{label} {count}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/summary_line.py"/>
        <source>{count} unsure</source>
        <translation>불확실 {count}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/summary_line.py"/>
        <source>{count} can&apos;t be read</source>
        <translation>읽을 수 없음 {count}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/summary_line.py"/>
        <source>+{count} more</source>
        <translation>+{count}개 더</translation>
    </message>
</context>
<context>
    <name>TableFields</name>
    <message>
        <location filename="../../clipdesk/gui/export/table_fields.py"/>
        <source>Add the &amp;file name without its folder</source>
        <translation>폴더를 뺀 파일 이름도 추가(&amp;F)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/table_fields.py"/>
        <source>Add the &amp;probability of every label</source>
        <translation>모든 라벨의 확률도 추가(&amp;P)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/table_fields.py"/>
        <source>Excel needs this to show letters such as é and 강, and to split the columns. Other programs read the file better without.</source>
        <translation>Excel에서 é나 강 같은 글자를 표시하고 열을 나누려면 필요합니다. 다른 프로그램에서는 끄는 편이 낫습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/table_fields.py"/>
        <source>For &amp;Excel only: semicolons, decimal commas, Unicode mark</source>
        <translation>Excel 전용: 세미콜론, 소수점 쉼표, 유니코드 표시(&amp;E)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/table_fields.py"/>
        <source>For &amp;Excel: mark the file as Unicode</source>
        <translation>Excel용: 파일에 유니코드 표시(&amp;E)</translation>
    </message>
</context>
<context>
    <name>TeachingCommands</name>
    <message>
        <location filename="../../clipdesk/gui/commands/teaching_commands.py"/>
        <source>Show</source>
        <translation>보기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/teaching_commands.py"/>
        <source>Check…</source>
        <translation>점검…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/teaching_commands.py"/>
        <source>Unsure</source>
        <translation>불확실</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/teaching_commands.py"/>
        <source>Unsure: “{label}”</source>
        <translation>불확실: “{label}”</translation>
    </message>
</context>
<context>
    <name>TemplatesEditor</name>
    <message>
        <location filename="../../clipdesk/gui/labels/templates_editor.py"/>
        <source>Each prompt takes the place of {}. Several templates are averaged.</source>
        <translation>각 프롬프트가 {} 자리에 들어갑니다. 템플릿이 여러 개면 평균을 냅니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/templates_editor.py"/>
        <source>Template presets</source>
        <translation>템플릿 프리셋</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/templates_editor.py"/>
        <source>Custom</source>
        <translation>사용자 지정</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/templates_editor.py"/>
        <source>Templates</source>
        <translation>템플릿</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/templates_editor.py"/>
        <source>dog</source>
        <translation>dog</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/templates_editor.py"/>
        <source>For example: “{prompt}”</source>
        <translation>예: “{prompt}”</translation>
    </message>
</context>
<context>
    <name>Toolbar</name>
    <message>
        <location filename="../../clipdesk/gui/window/toolbar.py"/>
        <source>Toolbar</source>
        <translation>도구 모음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/toolbar.py"/>
        <source>Add pictures</source>
        <translation>사진 추가</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/toolbar.py"/>
        <source>Add a folder or individual pictures</source>
        <translation>폴더나 사진을 추가합니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/toolbar.py"/>
        <source>Label now</source>
        <translation>라벨 붙이기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/toolbar.py"/>
        <source>{place}. Choose this computer or a server</source>
        <translation>{place}. 이 컴퓨터나 서버를 선택하세요</translation>
    </message>
</context>
<context>
    <name>UndoStack</name>
    <message>
        <location filename="../../clipdesk/gui/session/undo.py"/>
        <source>Undo {step}</source>
        <translation>{step} 실행 취소</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/undo.py"/>
        <source>Redo {step}</source>
        <translation>{step} 다시 실행</translation>
    </message>
</context>
<context>
    <name>UnreadErrors</name>
    <message>
        <location filename="../../clipdesk/gui/commands/unread_errors.py"/>
        <source>{pictures} could not be read.</source>
        <translation>{pictures}을 읽을 수 없습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/unread_errors.py"/>
        <source>Show them</source>
        <translation>보기</translation>
    </message>
</context>
<context>
    <name>UnsurePanel</name>
    <message>
        <location filename="../../clipdesk/gui/teaching/unsure_panel.py"/>
        <source>Pictures whose label is less probable than this are marked unsure.</source>
        <translation>라벨 확률이 이보다 낮은 사진은 불확실로 표시합니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/unsure_panel.py"/>
        <source>Unsure below</source>
        <translation>불확실 기준</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/unsure_panel.py"/>
        <source>Use the threshold of the preferences, like the other labels</source>
        <translation>다른 라벨처럼 환경설정의 기준값을 사용합니다</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/unsure_panel.py"/>
        <source>Back to {percent}</source>
        <translation>{percent}로 되돌리기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/unsure_panel.py"/>
        <source>Below {threshold}: {unsure} of {pictures} unsure ({count} more than now)</source>
        <translation>{threshold} 미만: {pictures} 중 {unsure}장 불확실 (지금보다 {count}장 많음)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/unsure_panel.py"/>
        <source>Below {threshold}: {unsure} of {pictures} unsure ({count} fewer than now)</source>
        <translation>{threshold} 미만: {pictures} 중 {unsure}장 불확실 (지금보다 {count}장 적음)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/unsure_panel.py"/>
        <source>Below {threshold}: {unsure} of {pictures} unsure</source>
        <translation>{threshold} 미만: {pictures} 중 {unsure}장 불확실</translation>
    </message>
</context>
<context>
    <name>WindowCommands</name>
    <message>
        <location filename="../../clipdesk/gui/commands/window_commands.py"/>
        <source>Python</source>
        <translation>Python</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/window_commands.py"/>
        <source>Qt</source>
        <translation>Qt</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/window_commands.py"/>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/window_commands.py"/>
        <source>{model} on {place}</source>
        <translation>{model} · {place}</translation>
    </message>
</context>
<context>
    <name>WordLearner</name>
    <message>
        <location filename="../../clipdesk/gui/session/word_learner.py"/>
        <source>The model did not answer. Try again.</source>
        <translation>모델이 응답하지 않았습니다. 다시 시도하세요.</translation>
    </message>
</context>
<context>
    <name>WordingCard</name>
    <message>
        <location filename="../../clipdesk/gui/compare/wording_card.py"/>
        <source>Remove this wording</source>
        <translation>이 표현 제거</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/wording_card.py"/>
        <source>Type another wording, one per line</source>
        <translation>다른 표현을 한 줄에 하나씩 입력</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/wording_card.py"/>
        <source>Such as: a photo of a {}</source>
        <translation>예: a photo of a {}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/wording_card.py"/>
        <source>as it is now</source>
        <translation>지금 그대로</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/wording_card.py"/>
        <source>other prompts</source>
        <translation>다른 프롬프트</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/wording_card.py"/>
        <source>Wording {wording}</source>
        <translation>표현 {wording}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/wording_card.py"/>
        <source>Remove wording {wording}</source>
        <translation>표현 {wording} 제거</translation>
    </message>
</context>
<context>
    <name>WordingScorer</name>
    <message>
        <location filename="../../clipdesk/gui/session/wording_scorer.py"/>
        <source>A label has no prompt that can be read.</source>
        <translation>읽을 수 있는 프롬프트가 없는 라벨이 있습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/wording_scorer.py"/>
        <source>These words have not been sent to the server yet. Start labelling to allow that.</source>
        <translation>이 단어들은 아직 서버로 보내지 않았습니다. 허용하려면 라벨 지정을 시작하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/wording_scorer.py"/>
        <source>The model did not answer. Try again.</source>
        <translation>모델이 응답하지 않았습니다. 다시 시도하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/wording_scorer.py"/>
        <source>This model has no scores of these pictures. Choose it once, then compare.</source>
        <translation>이 모델에는 이 사진들의 점수가 없습니다. 모델을 한 번 선택한 뒤 비교하세요.</translation>
    </message>
</context>
<context>
    <name>WordingsPanel</name>
    <message>
        <location filename="../../clipdesk/gui/compare/wordings_panel.py"/>
        <source>Add wording</source>
        <translation>표현 추가</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/wordings_panel.py"/>
        <source>The same as {wording}.</source>
        <translation>{wording} 표현과 같습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/wordings_panel.py"/>
        <source>{pictures} “{label}”</source>
        <translation>“{label}” {pictures}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/wordings_panel.py"/>
        <source>Scoring…</source>
        <translation>점수 계산 중…</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/wordings_panel.py"/>
        <source>Other &amp;prompts</source>
        <translation>다른 프롬프트(&amp;P)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/wordings_panel.py"/>
        <source>Other &amp;templates</source>
        <translation>다른 템플릿(&amp;T)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/wordings_panel.py"/>
        <source>Try the &amp;ready templates</source>
        <translation>준비된 템플릿 써 보기(&amp;R)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/wordings_panel.py"/>
        <source>Another &amp;model</source>
        <translation>다른 모델(&amp;M)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/wordings_panel.py"/>
        <source>No other model has scored these pictures yet</source>
        <translation>이 사진의 점수를 계산한 다른 모델이 아직 없습니다</translation>
    </message>
</context>
<context>
    <name>_Chip</name>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/chips.py"/>
        <source>Show only: {group}</source>
        <translation>이것만 보기: {group}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/chips.py"/>
        <source>Show all pictures</source>
        <translation>모든 사진 보기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/chips.py"/>
        <source>Show only “{label}”. Ctrl+click shows several labels</source>
        <translation>“{label}” 라벨만 봅니다. Ctrl+클릭으로 여러 라벨을 볼 수 있습니다</translation>
    </message>
</context>
<context>
    <name>_FolderDelegate</name>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_list.py"/>
        <source>{count} here · {folder}</source>
        <translation>여기 {count}장 · {folder}</translation>
    </message>
</context>
<context>
    <name>_QueryField</name>
    <message>
        <location filename="../../clipdesk/gui/find/search_bar.py"/>
        <source>Search by words, such as “beach at sunset, -people”</source>
        <translation>말로 검색, 예: “beach at sunset, -people”</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/find/search_bar.py"/>
        <source>Search by words</source>
        <translation>말로 검색</translation>
    </message>
</context>
<context>
    <name>_SearchField</name>
    <message>
        <location filename="../../clipdesk/gui/results/finder.py"/>
        <source>Find by name</source>
        <translation>이름으로 찾기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/finder.py"/>
        <source>Show only pictures whose name or folder contains this text</source>
        <translation>이름이나 폴더에 이 글이 들어간 사진만 보기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/finder.py"/>
        <source>Search by what the pictures show</source>
        <translation>사진 내용으로 검색</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/finder.py"/>
        <source>Clear</source>
        <translation>지우기</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/finder.py"/>
        <source>Find</source>
        <translation>찾기</translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <location filename="../../clipdesk/core/desk/desk_keeper.py"/>
        <source>“{name}” is open in this window already.</source>
        <translation>“{name}” 작업 공간은 이미 이 창에 열려 있습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/desk/desk_keeper.py"/>
        <source>“{path}” was moved, replaced or deleted, or its disk was removed. Save the desk under a name to keep your changes (File → Save desk as…).</source>
        <translation>“{path}” 파일이 옮겨지거나 바뀌거나 삭제되었거나, 디스크가 제거되었습니다. 변경 사항을 남기려면 작업 공간을 다른 이름으로 저장하세요(파일 → 작업 공간을 다른 이름으로 저장…).</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/desk/desk_keeper.py"/>
        <source>The labels and the list of pictures are not saved at the moment.</source>
        <translation>지금은 라벨과 사진 목록이 저장되지 않습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/desk/desk_keeper.py"/>
        <source>The file with your last labels and pictures was damaged. It was renamed to “{path}”.</source>
        <translation>지난 라벨과 사진이 담긴 파일이 손상되었습니다. 파일 이름을 “{path}”(으)로 바꾸었습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/desk/desk_keeper.py"/>
        <source>“{path}” could not be written: {reason}.</source>
        <translation>“{path}” 파일을 쓸 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/desk/document.py"/>
        <source>“{path}” was opened read-only. Save the desk under another name.</source>
        <translation>“{path}” 파일을 읽기 전용으로 열었습니다. 작업 공간을 다른 이름으로 저장하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/desk/document.py"/>
        <source>“{path}” cannot be used: {reason}. Check whether its disk is full or write-protected.</source>
        <translation>“{path}” 파일을 사용할 수 없습니다: {reason}. 디스크가 가득 찼거나 쓰기 금지되어 있는지 확인하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/desk/document.py"/>
        <source>“{path}” is damaged and cannot be renamed: {reason}.</source>
        <translation>“{path}” 파일이 손상되었고 이름을 바꿀 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/desk/document.py"/>
        <source>“{path}” is damaged and cannot be opened.</source>
        <translation>“{path}” 파일이 손상되어 열 수 없습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/desk/document.py"/>
        <source>“{path}” cannot be read: {reason}. Check its permissions.</source>
        <translation>“{path}” 파일을 읽을 수 없습니다: {reason}. 권한을 확인하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/desk/document.py"/>
        <source>“{path}” is damaged, or not a desk of ClipDesk.</source>
        <translation>“{path}” 파일이 손상되었거나 ClipDesk 작업 공간이 아닙니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/desk/document.py"/>
        <source>“{path}” is not a desk of ClipDesk. Choose a file that ends in {suffix}.</source>
        <translation>“{path}” 파일은 ClipDesk 작업 공간이 아닙니다. 이름이 {suffix} 확장자로 끝나는 파일을 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/desk/document.py"/>
        <source>“{path}” was saved by a newer version of ClipDesk. Update ClipDesk to open it.</source>
        <translation>“{path}” 파일은 더 새로운 ClipDesk에서 저장되었습니다. 열려면 ClipDesk를 업데이트하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/desk/open_document.py"/>
        <source>“{path}” does not exist. It may have been moved or renamed, or its disk is not connected.</source>
        <translation>“{path}” 파일이 없습니다. 옮겨졌거나 이름이 바뀌었거나, 디스크가 연결되지 않았을 수 있습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/desk/open_document.py"/>
        <source>“{path}” cannot be opened: {reason}.</source>
        <translation>“{path}” 파일을 열 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/desk/open_document.py"/>
        <source>“{path}” is open in another window of ClipDesk. Choose another name.</source>
        <translation>“{path}” 파일이 다른 ClipDesk 창에 열려 있습니다. 다른 이름을 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/desk/open_document.py"/>
        <location filename="../../clipdesk/core/files.py"/>
        <source>“{path}” could not be written: {reason}. Choose another place.</source>
        <translation>“{path}” 파일을 쓸 수 없습니다: {reason}. 다른 위치를 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/errors.py"/>
        <location filename="../../clipdesk/gui/session/scanning.py"/>
        <source>{path}: {reason}</source>
        <translation>{path}: {reason}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/export/embeddings.py"/>
        <source>Parquet files need pyarrow: python -m pip install pyarrow</source>
        <translation>Parquet 파일에는 pyarrow가 필요합니다: python -m pip install pyarrow</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/export/image_folder.py"/>
        <source>“{path}” was not written by ClipDesk. Rename that file, or choose another folder.</source>
        <translation>“{path}” 파일은 ClipDesk가 쓴 파일이 아닙니다. 그 파일의 이름을 바꾸거나 다른 폴더를 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/export/image_folder.py"/>
        <source>“{path}” is not in “{folder}”. {name} belongs into a folder that contains all the pictures. Choose another folder.</source>
        <translation>“{path}” 파일이 “{folder}” 폴더 안에 없습니다. {name} 파일은 모든 사진이 들어 있는 폴더에 있어야 합니다. 다른 폴더를 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/export/xmp/keywords.py"/>
        <source>The keyword above the labels is empty. Enter a name, such as ClipDesk.</source>
        <translation>라벨의 상위 키워드가 비어 있습니다. ClipDesk 같은 이름을 입력하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/export/xmp/markup.py"/>
        <source>it has a document type, which XMP does not allow</source>
        <translation>XMP가 허용하지 않는 문서 형식 선언이 있음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/export/xmp/markup.py"/>
        <source>it is not well-formed XML (line {line})</source>
        <translation>올바른 XML이 아님({line}행)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/export/xmp/markup.py"/>
        <source>its text encoding “{name}” cannot be read</source>
        <translation>“{name}” 문자 인코딩을 읽을 수 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/export/xmp/packet.py"/>
        <source>it is XML, but not XMP</source>
        <translation>XML이지만 XMP가 아님</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/export/xmp/packet.py"/>
        <source>its {property} is stored in a form that ClipDesk does not know</source>
        <translation>{property} 항목이 ClipDesk가 모르는 형태로 저장되어 있음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/export/xmp/sidecars.py"/>
        <source>“{first}” and “{second}” share it, but have different labels</source>
        <translation>“{first}”, “{second}” 사진이 함께 쓰지만 라벨이 다름</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/export/xmp/sidecars.py"/>
        <source>it cannot be written: {reason}</source>
        <translation>쓸 수 없음: {reason}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/export/xmp/sidecars.py"/>
        <source>another program keeps writing it</source>
        <translation>다른 프로그램이 계속 쓰고 있음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/export/xmp/sidecars.py"/>
        <source>it cannot be read: {reason}</source>
        <translation>읽을 수 없음: {reason}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/export/xmp/sidecars.py"/>
        <source>it is no file</source>
        <translation>파일이 아님</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/export/xmp/sidecars.py"/>
        <source>it is larger than {size} MB</source>
        <translation>{size} MB보다 큼</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/files.py"/>
        <source>“{path}” could not be written: its folder does not exist. Choose another place.</source>
        <translation>“{path}” 파일을 쓸 수 없습니다. 폴더가 없습니다. 다른 위치를 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/files.py"/>
        <source>“{path}” could not be written: the name is too long. Choose a shorter one.</source>
        <translation>“{path}” 파일을 쓸 수 없습니다. 이름이 너무 깁니다. 더 짧은 이름을 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/labels/label_set.py"/>
        <source>A label needs a name.</source>
        <translation>라벨 이름을 입력하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/labels/label_set.py"/>
        <source>There is already a label “{name}”. Choose another name.</source>
        <translation>“{name}” 라벨이 이미 있습니다. 다른 이름을 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/labels/label_set.py"/>
        <source>At least one template is needed. “{{}}” leaves a prompt as it is typed.</source>
        <translation>템플릿이 하나 이상 필요합니다. “{{}}”는 프롬프트를 입력한 그대로 둡니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/labels/label_set.py"/>
        <source>The template “{template}” must contain {{}} once, where the label&apos;s words go.</source>
        <translation>“{template}” 템플릿에는 라벨의 말이 들어갈 자리인 {{}}가 한 번 있어야 합니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/labels/label_set.py"/>
        <source>“{text}” has no name: write NAME, or NAME=PROMPT|PROMPT.</source>
        <translation>“{text}”에는 이름이 없습니다. 이름 또는 이름=프롬프트|프롬프트 형식으로 쓰세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/labels/label_set.py"/>
        <source>“{path}” could not be read: {reason}. Choose another file.</source>
        <translation>“{path}” 파일을 읽을 수 없습니다: {reason}. 다른 파일을 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/labels/label_set.py"/>
        <source>“{path}” is not in UTF-8. Save it as UTF-8 in the program that wrote it (in Notepad: Save as, Encoding: UTF-8).</source>
        <translation>“{path}” 파일이 UTF-8이 아닙니다. 만든 프로그램에서 UTF-8로 저장하세요(메모장: 다른 이름으로 저장, 인코딩: UTF-8).</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/labels/label_set.py"/>
        <source>“{path}”: {reason}</source>
        <translation>“{path}”: {reason}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/labels/label_set.py"/>
        <source>“{path}” is not valid JSON. Choose a label set saved by ClipDesk.</source>
        <translation>“{path}” 파일이 올바른 JSON이 아닙니다. ClipDesk에서 저장한 라벨 모음을 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/labels/label_set.py"/>
        <source>The label “{name}” would be read differently from a text file, because of a “=” or “|”. Save the labels as a label set (.json) instead.</source>
        <translation>“{name}” 라벨은 “=”나 “|” 때문에 텍스트 파일에서 다르게 읽힙니다. 대신 라벨 모음(.json)으로 저장하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/labels/label_set.py"/>
        <source>This is not a ClipDesk label set. Choose one saved by ClipDesk.</source>
        <translation>ClipDesk 라벨 모음이 아닙니다. ClipDesk에서 저장한 것을 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/unreadable.py"/>
        <source>Stopped before it was read.</source>
        <translation>읽기 전에 중지했습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/line/prepare.py"/>
        <location filename="../../clipdesk/core/pictures/look.py"/>
        <source>There is not enough memory to open this picture.</source>
        <translation>메모리가 부족해 이 사진을 열 수 없습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/messages.py"/>
        <source>{names} and {last}</source>
        <translation>{names}, {last}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/camera_raw.py"/>
        <source>This is a camera raw file, and what opens those (ClipDesk&apos;s extra “raw”) is not installed. Install it with: pip install rawpy</source>
        <translation>카메라 RAW 파일인데, 이를 여는 추가 기능 “raw”가 설치되어 있지 않습니다. 설치하려면: pip install rawpy</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/camera_raw.py"/>
        <source>This camera raw file contains no preview that ClipDesk can show. Save a copy as JPEG or PNG and use that.</source>
        <translation>이 카메라 RAW 파일에는 ClipDesk가 보여 줄 수 있는 미리보기가 없습니다. JPEG나 PNG로 사본을 저장해 사용하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/camera_raw.py"/>
        <source>This camera&apos;s raw files are not supported, or the file is damaged. Save a copy as JPEG or PNG and use that.</source>
        <translation>지원하지 않는 카메라의 RAW 파일이거나 파일이 손상되었습니다. JPEG나 PNG로 사본을 저장해 사용하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/facts.py"/>
        <source>{format} (its end is missing)</source>
        <translation>{format}(끝부분 없음)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/facts.py"/>
        <source>BMP without file header (DIB)</source>
        <translation>파일 머리글이 없는 BMP(DIB)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/facts.py"/>
        <source>Icon (ICO)</source>
        <translation>아이콘(ICO)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/facts.py"/>
        <source>Photoshop document</source>
        <translation>Photoshop 문서</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/facts.py"/>
        <source>Camera raw (its preview)</source>
        <translation>카메라 RAW(미리보기)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/facts.py"/>
        <source>black and white</source>
        <translation>흑백</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/facts.py"/>
        <source>grey</source>
        <translation>회색조</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/facts.py"/>
        <source>grey with transparency</source>
        <translation>투명도가 있는 회색조</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/facts.py"/>
        <source>palette</source>
        <translation>팔레트</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/facts.py"/>
        <source>palette with transparency</source>
        <translation>투명도가 있는 팔레트</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/facts.py"/>
        <source>colour</source>
        <translation>컬러</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/facts.py"/>
        <source>colour with transparency</source>
        <translation>투명도가 있는 컬러</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/facts.py"/>
        <source>CMYK (print) colour</source>
        <translation>CMYK(인쇄용) 컬러</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/facts.py"/>
        <source>Lab colour</source>
        <translation>Lab 컬러</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/facts.py"/>
        <source>grey, floating point</source>
        <translation>회색조, 부동 소수점</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/facts.py"/>
        <source>{colours}, {bits} bit</source>
        <translation>{colours}, {bits}비트</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/large.py"/>
        <source>The picture has {megapixels} megapixels. Pictures of this kind and shape may have at most {limit}. Save a smaller copy and use that.</source>
        <translation>사진이 {megapixels}메가픽셀입니다. 이런 종류와 모양의 사진은 최대 {limit}메가픽셀까지 열 수 있습니다. 더 작은 사본을 저장해 사용하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/opening.py"/>
        <source>The picture has {megapixels} megapixels ({width} × {height}); the limit is {limit}. Save a smaller copy and use that.</source>
        <translation>사진이 {megapixels}메가픽셀({width} × {height})입니다. 한도는 {limit}메가픽셀입니다. 더 작은 사본을 저장해 사용하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/opening.py"/>
        <source>The file is empty (0 bytes). Copy or download it again.</source>
        <translation>파일이 비어 있습니다(0바이트). 다시 복사하거나 다운로드하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/opening.py"/>
        <source>This is not a usable file name.</source>
        <translation>사용할 수 없는 파일 이름입니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/opening.py"/>
        <source>This is a folder, not a picture.</source>
        <translation>사진이 아니라 폴더입니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/opening.py"/>
        <source>This is a device or a pipe, not a picture file.</source>
        <translation>사진 파일이 아니라 장치나 파이프입니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/opening.py"/>
        <source>This is a HEIC picture, and what opens those (ClipDesk&apos;s extra “heif”) is not installed. Install it with: pip install pillow-heif</source>
        <translation>HEIC 사진인데, 이를 여는 추가 기능 “heif”가 설치되어 있지 않습니다. 설치하려면: pip install pillow-heif</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/opening.py"/>
        <source>This Photoshop document was saved without a merged picture. Save it again in Photoshop with “Maximize compatibility”, or as JPEG or PNG.</source>
        <translation>이 Photoshop 문서에는 합쳐진 그림이 저장되어 있지 않습니다. Photoshop에서 “호환성 최대화”로 다시 저장하거나, JPEG나 PNG로 저장하세요.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/core/pictures/passed_over.py"/>
        <source>{count} camera raw files</source>
        <comment>1 camera raw file</comment>
        <translation>
            <numerusform>카메라 RAW 파일 {count}개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/core/pictures/passed_over.py"/>
        <source>{count} Photoshop templates</source>
        <comment>1 Photoshop template</comment>
        <translation>
            <numerusform>Photoshop 템플릿 {count}개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/core/pictures/passed_over.py"/>
        <source>{count} PostScript drawings</source>
        <comment>1 PostScript drawing</comment>
        <translation>
            <numerusform>PostScript 그림 {count}개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/core/pictures/passed_over.py"/>
        <source>{count} vector drawings</source>
        <comment>1 vector drawing</comment>
        <translation>
            <numerusform>벡터 그림 {count}개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/core/pictures/passed_over.py"/>
        <source>{count} JPEG XL pictures</source>
        <comment>1 JPEG XL picture</comment>
        <translation>
            <numerusform>JPEG XL 사진 {count}개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/core/pictures/passed_over.py"/>
        <source>{count} JPEG XR pictures</source>
        <comment>1 JPEG XR picture</comment>
        <translation>
            <numerusform>JPEG XR 사진 {count}개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/core/pictures/passed_over.py"/>
        <source>{count} HDR pictures</source>
        <comment>1 HDR picture</comment>
        <translation>
            <numerusform>HDR 사진 {count}개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/core/pictures/passed_over.py"/>
        <source>{count} scientific images</source>
        <comment>1 scientific image</comment>
        <translation>
            <numerusform>과학용 이미지 {count}개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/core/pictures/passed_over.py"/>
        <source>{count} project files of drawing programs</source>
        <comment>1 project file of a drawing program</comment>
        <translation>
            <numerusform>그림 프로그램의 작업 파일 {count}개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/core/pictures/passed_over.py"/>
        <source>{count} pictures in rare formats</source>
        <comment>1 picture in a rare format</comment>
        <translation>
            <numerusform>드문 형식의 사진 {count}개</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/passed_over.py"/>
        <source>What opens camera raw files (ClipDesk&apos;s extra “raw”) is not installed. Install it with: pip install rawpy</source>
        <translation>카메라 RAW 파일을 여는 추가 기능 “raw”가 설치되어 있지 않습니다. 설치하려면: pip install rawpy</translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/core/pictures/passed_over.py"/>
        <source>{kinds} were passed over.</source>
        <comment>{kinds} was passed over.</comment>
        <translation>
            <numerusform>{kinds}를 건너뛰었습니다.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/scan.py"/>
        <source>This is neither a file nor a folder.</source>
        <translation>파일도 폴더도 아닙니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/scan.py"/>
        <source>This is a link to a file that is not there; it may have been moved, renamed or deleted.</source>
        <translation>없는 파일을 가리키는 링크입니다. 파일이 옮겨졌거나 이름이 바뀌었거나 삭제되었을 수 있습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/scan.py"/>
        <source>There is no file or folder of this name; it may have been moved, renamed or deleted.</source>
        <translation>이런 이름의 파일이나 폴더가 없습니다. 옮겨졌거나 이름이 바뀌었거나 삭제되었을 수 있습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/scan.py"/>
        <source>You have no permission to open this. Change its permissions, or choose another.</source>
        <translation>열 권한이 없습니다. 권한을 바꾸거나 다른 것을 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/scan.py"/>
        <source>This could not be read: {reason}.</source>
        <translation>읽을 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/scan.py"/>
        <source>This is not a usable name of a file or a folder.</source>
        <translation>파일이나 폴더에 쓸 수 없는 이름입니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/unreadable.py"/>
        <source>This is {kind}, which ClipDesk does not open. Save a copy as JPEG or PNG and use that.</source>
        <translation>ClipDesk가 열지 않는 파일({kind})입니다. JPEG나 PNG로 사본을 저장해 사용하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/unreadable.py"/>
        <source>This is a text file, not a picture.</source>
        <translation>사진이 아니라 텍스트 파일입니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/unreadable.py"/>
        <source>This is not a picture that ClipDesk can open. JPEG, PNG, WebP, GIF, TIFF, BMP, AVIF and HEIC work.</source>
        <translation>ClipDesk가 열 수 있는 사진이 아닙니다. JPEG, PNG, WebP, GIF, TIFF, BMP, AVIF, HEIC를 열 수 있습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/unreadable.py"/>
        <source>The picture has more than {limit} megapixels, the limit. Save a smaller copy and use that.</source>
        <translation>사진이 한도인 {limit}메가픽셀보다 큽니다. 더 작은 사본을 저장해 사용하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/unreadable.py"/>
        <source>The file is not there any more; it may have been moved, renamed or deleted.</source>
        <translation>파일이 더 이상 없습니다. 옮겨졌거나 이름이 바뀌었거나 삭제되었을 수 있습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/unreadable.py"/>
        <source>You have no permission to read this file. Change its permissions, then try again.</source>
        <translation>이 파일을 읽을 권한이 없습니다. 권한을 바꾼 뒤 다시 시도하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/unreadable.py"/>
        <source>The file could not be read: {reason}.</source>
        <translation>파일을 읽을 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/unreadable.py"/>
        <source>This variety of the picture format is not supported. Save it as JPEG or PNG and use that.</source>
        <translation>이런 변형의 사진 형식은 지원하지 않습니다. JPEG나 PNG로 저장해 사용하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/unreadable.py"/>
        <source>The file is damaged and cannot be shown. Copy or download it again.</source>
        <translation>파일이 손상되어 표시할 수 없습니다. 다시 복사하거나 다운로드하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/unreadable.py"/>
        <source>The file ends too early; part of the picture is missing. Copy or download it again.</source>
        <translation>파일이 중간에 끝나 사진 일부가 없습니다. 다시 복사하거나 다운로드하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/unreadable.py"/>
        <source>a PDF document</source>
        <translation>PDF 문서</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/unreadable.py"/>
        <source>a PostScript (EPS) drawing</source>
        <translation>PostScript(EPS) 그림</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/unreadable.py"/>
        <source>a GIMP document</source>
        <translation>GIMP 문서</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/unreadable.py"/>
        <source>a JPEG XL picture</source>
        <translation>JPEG XL 사진</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/unreadable.py"/>
        <source>an SVG drawing</source>
        <translation>SVG 그림</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/unreadable.py"/>
        <source>a camera&apos;s raw file</source>
        <translation>카메라 RAW 파일</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/pictures/unreadable.py"/>
        <source>a video</source>
        <translation>동영상</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/reasons.py"/>
        <source>the disk is full</source>
        <translation>디스크가 가득 참</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/reasons.py"/>
        <source>you have no permission for that</source>
        <translation>권한이 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/reasons.py"/>
        <source>the disk is write-protected</source>
        <translation>디스크가 쓰기 금지됨</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/reasons.py"/>
        <source>another program is using it</source>
        <translation>다른 프로그램이 사용 중임</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/reasons.py"/>
        <source>the disk reports a fault</source>
        <translation>디스크에서 오류가 발생함</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/reasons.py"/>
        <source>the disk or network drive does not answer</source>
        <translation>디스크나 네트워크 드라이브가 응답하지 않음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/reasons.py"/>
        <source>the system refused it</source>
        <translation>시스템이 거부함</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/reasons.py"/>
        <source>it could not be read as expected</source>
        <translation>예상대로 읽을 수 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/reasons.py"/>
        <source>your share of the disk is used up</source>
        <translation>디스크 할당량을 모두 사용함</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/reasons.py"/>
        <source>it does not exist</source>
        <translation>존재하지 않음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/reasons.py"/>
        <source>it is a folder</source>
        <translation>폴더임</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/reasons.py"/>
        <source>the name is too long</source>
        <translation>이름이 너무 김</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/reasons.py"/>
        <source>the disk does not allow such a name</source>
        <translation>디스크에서 쓸 수 없는 이름임</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/reasons.py"/>
        <source>the file is too large for this disk</source>
        <translation>이 디스크에는 파일이 너무 큼</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/reasons.py"/>
        <source>too many files are open</source>
        <translation>열린 파일이 너무 많음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/reasons.py"/>
        <source>there is not enough memory</source>
        <translation>메모리가 부족함</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/reasons.py"/>
        <source>its links go round in a circle</source>
        <translation>링크가 서로를 가리킴</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/reasons.py"/>
        <source>it may not be written to</source>
        <translation>쓸 수 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/reasons.py"/>
        <source>it cannot be opened</source>
        <translation>열 수 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/reasons.py"/>
        <source>its content is damaged</source>
        <translation>내용이 손상됨</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/reasons.py"/>
        <source>it is not a database</source>
        <translation>데이터베이스가 아님</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/reasons.py"/>
        <source>an entry is too large</source>
        <translation>항목이 너무 큼</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/apply.py"/>
        <source>The sort cannot begin.</source>
        <translation>정리를 시작할 수 없습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/carry_out.py"/>
        <source>The sort ended early.</source>
        <translation>정리가 중간에 끝났습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/carry_out.py"/>
        <source>it stays with its picture</source>
        <translation>사진과 함께 그대로 둠</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/carry_out.py"/>
        <source>The disk of “{folder}” is full. What was sorted until then stays sorted, everything else is where it was. Make room, then sort the rest.</source>
        <translation>“{folder}” 폴더의 디스크가 가득 찼습니다. 그때까지 정리한 것은 그대로이고, 나머지는 원래 자리에 있습니다. 공간을 만든 뒤 나머지를 정리하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/carry_out.py"/>
        <source>The sort was stopped.</source>
        <translation>정리를 중지했습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/carry_out.py"/>
        <source>another file is at “{target}”</source>
        <translation>“{target}” 위치에 다른 파일이 있음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/copy_file.py"/>
        <source>it was changed</source>
        <translation>변경됨</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/copy_file.py"/>
        <source>it was changed while it was copied</source>
        <translation>복사하는 동안 변경됨</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/copy_file.py"/>
        <source>the copy differs from the original</source>
        <translation>복사본이 원본과 다름</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/journal.py"/>
        <source>There is no sort with the number {number}.</source>
        <translation>{number}번 정리가 없습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/journal.py"/>
        <source>Another window or program of ClipDesk is sorting at this moment. Wait until it has finished.</source>
        <translation>지금 다른 ClipDesk 창이나 프로그램이 정리하고 있습니다. 끝날 때까지 기다리세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/journal.py"/>
        <source>The journal of past sorts was damaged ({reason}). It was renamed to “{path}”. Your pictures are where they are, but sorts before now cannot be undone.</source>
        <translation>지난 정리의 기록이 손상되었습니다({reason}). 파일 이름을 “{path}”(으)로 바꾸었습니다. 사진은 그대로 있지만, 지금까지의 정리는 되돌릴 수 없습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/journal.py"/>
        <source>it is another program&apos;s file</source>
        <translation>다른 프로그램의 파일임</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/journal.py"/>
        <source>a newer ClipDesk wrote it (version {version})</source>
        <translation>더 새로운 ClipDesk가 쓴 파일임(버전 {version})</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/journal.py"/>
        <source>The journal of sorts, “{path}”, cannot be used: {reason}. Without it nothing could be undone, so nothing is sorted. Check whether its disk is full, and whether you may write there.</source>
        <translation>정리 기록 “{path}” 파일을 사용할 수 없습니다: {reason}. 기록이 없으면 되돌릴 수 없으므로 아무것도 정리하지 않습니다. 디스크가 가득 찼는지, 그곳에 쓸 수 있는지 확인하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/placing.py"/>
        <location filename="../../clipdesk/core/sorting/plan.py"/>
        <source>Planning was stopped.</source>
        <translation>계획 세우기를 중지했습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/plan.py"/>
        <source>It is a link to a file in another place, which can be copied.</source>
        <translation>다른 위치의 파일을 가리키는 링크입니다. 복사할 수 있습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/plan.py"/>
        <source>Files cannot be moved out of this folder.</source>
        <translation>이 폴더에서는 파일을 옮길 수 없습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/problems.py"/>
        <source>The labels {labels} would share the folder “{folder}”. Rename one of them, or choose their folders.</source>
        <translation>{labels} 라벨이 “{folder}” 폴더를 함께 쓰게 됩니다. 하나의 이름을 바꾸거나 폴더를 따로 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/problems.py"/>
        <source>Hard links work on one disk only, and some pictures are on another one. Choose copying instead.</source>
        <translation>하드 링크는 한 디스크 안에서만 되는데 일부 사진이 다른 디스크에 있습니다. 복사를 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/problems.py"/>
        <source>{size} bytes</source>
        <translation>{size}바이트</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/problems.py"/>
        <source>{size} kB</source>
        <translation>{size} kB</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/problems.py"/>
        <source>{size} MB</source>
        <translation>{size} MB</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/problems.py"/>
        <source>{size} GB</source>
        <translation>{size} GB</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/problems.py"/>
        <source>“{folder}” is a link to a folder that is not there. Choose another folder.</source>
        <translation>“{folder}” 폴더는 없는 폴더를 가리키는 링크입니다. 다른 폴더를 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/problems.py"/>
        <source>Files cannot be written into “{folder}”. Change its permissions, or choose another folder.</source>
        <translation>“{folder}” 폴더에 파일을 쓸 수 없습니다. 권한을 바꾸거나 다른 폴더를 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/problems.py"/>
        <source>Some paths in “{folder}” would be longer than this system allows. Choose a folder with a shorter path.</source>
        <translation>“{folder}” 폴더 안의 일부 경로가 이 시스템의 한도보다 길어집니다. 경로가 더 짧은 폴더를 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/problems.py"/>
        <source>The disk of “{folder}” has {free} left, but {needed} are needed. Make room, choose another disk, or sort fewer pictures.</source>
        <translation>“{folder}” 폴더의 디스크에 {free} 남아 있지만 {needed} 필요합니다. 공간을 만들거나, 다른 디스크를 선택하거나, 사진을 적게 정리하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/problems.py"/>
        <source>“{path}” is a file, so there can be no folder of this name. Rename it, or choose another folder.</source>
        <translation>“{path}” 파일이 있어 같은 이름의 폴더를 만들 수 없습니다. 파일 이름을 바꾸거나 다른 폴더를 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/problems.py"/>
        <source>“{folder}” cannot be opened: {reason}. Choose another folder.</source>
        <translation>“{folder}” 폴더를 열 수 없습니다: {reason}. 다른 폴더를 선택하세요.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/core/sorting/recovery.py"/>
        <source>The last undo in “{folder}” was interrupted after {count} files. They are complete, everything else is where it was. The undo can be undone.</source>
        <comment>The last undo in “{folder}” was interrupted after 1 file. It is complete, everything else is where it was. The undo can be undone.</comment>
        <translation>
            <numerusform>“{folder}” 폴더의 지난 되돌리기가 파일 {count}개 뒤에 중단되었습니다. 그 파일들은 온전하고 나머지는 원래 자리에 있습니다. 이 되돌리기도 취소할 수 있습니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/core/sorting/recovery.py"/>
        <source>The last sort in “{folder}” was interrupted after {count} files. They are complete, everything else is where it was. The sort can be undone.</source>
        <comment>The last sort in “{folder}” was interrupted after 1 file. It is complete, everything else is where it was. The sort can be undone.</comment>
        <translation>
            <numerusform>“{folder}” 폴더의 지난 정리가 파일 {count}개 뒤에 중단되었습니다. 그 파일들은 온전하고 나머지는 원래 자리에 있습니다. 정리를 되돌릴 수 있습니다.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/trash.py"/>
        <source>this disk has no trash that you may write to</source>
        <translation>이 디스크에 쓸 수 있는 휴지통이 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/trash.py"/>
        <source>the trash did not take it: {reason}</source>
        <translation>휴지통에 넣을 수 없음: {reason}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/ways.py"/>
        <source>it is not a file</source>
        <translation>파일이 아님</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/ways.py"/>
        <source>it is a link to another file, and links are not moved</source>
        <translation>다른 파일을 가리키는 링크이며, 링크는 옮기지 않음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/ways.py"/>
        <source>it was changed while it was moved; its former content is at “{target}”</source>
        <translation>옮기는 동안 변경됨. 이전 내용은 “{target}” 위치에 있음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/ways.py"/>
        <source>it was copied to “{target}”, but could not be removed here: {reason}</source>
        <translation>“{target}” 위치에 복사했지만 여기서 지울 수 없음: {reason}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/ways.py"/>
        <source>a hard link can only be on the same disk; copy it, or use a symbolic link</source>
        <translation>하드 링크는 같은 디스크에만 만들 수 있음. 복사하거나 심볼릭 링크를 사용하세요</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/ways.py"/>
        <source>the system&apos;s trash did not take it</source>
        <translation>시스템 휴지통에 넣을 수 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/ways.py"/>
        <source>it stays, because the original is no longer there</source>
        <translation>원본이 더 이상 없어 그대로 둠</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/store/cached_encoder.py"/>
        <source>this computer; not loaded, because nothing has to be computed</source>
        <translation>이 컴퓨터(계산할 것이 없어 불러오지 않음)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/store/cached_encoder.py"/>
        <source>The files of the model “{model}” have changed since it was chosen. Choose it again.</source>
        <translation>“{model}” 모델을 선택한 뒤 파일이 바뀌었습니다. 다시 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/store/cached_encoder.py"/>
        <source>The connection to the server is closed. Choose the server again.</source>
        <translation>서버 연결이 닫혔습니다. 서버를 다시 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/store/store_file.py"/>
        <source>the file that is in use now could not be copied</source>
        <translation>지금 사용 중인 파일을 복사할 수 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/store/store_file.py"/>
        <source>Scores cannot be saved in “{folder}”: {reason}. Choose another folder.</source>
        <translation>“{folder}” 폴더에 점수를 저장할 수 없습니다: {reason}. 다른 폴더를 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/store/store_file.py"/>
        <source>New scores are not saved in this session, because “{path}” cannot be written: {reason}. Check whether its disk is full.</source>
        <translation>“{path}” 파일을 쓸 수 없어 이번에는 새 점수를 저장하지 않습니다: {reason}. 디스크가 가득 찼는지 확인하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/store/store_file.py"/>
        <source>Scores are not saved in this session, because “{path}” cannot be used: {reason}. Choose another folder for them in the preferences.</source>
        <translation>“{path}” 파일을 사용할 수 없어 이번에는 점수를 저장하지 않습니다: {reason}. 환경설정에서 다른 폴더를 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/store/store_file.py"/>
        <source>The file with the saved scores was damaged. It was renamed to “{path}” and can be deleted. Pictures are scored again when they are needed.</source>
        <translation>저장된 점수 파일이 손상되었습니다. 파일 이름을 “{path}”(으)로 바꾸었으며 삭제해도 됩니다. 사진의 점수는 필요할 때 다시 계산합니다.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/encoders/devices.py"/>
        <source>{count} threads</source>
        <comment>1 thread</comment>
        <translation>
            <numerusform>스레드 {count}개</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/devices.py"/>
        <source>this computer ({facts})</source>
        <translation>이 컴퓨터({facts})</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/devices.py"/>
        <source>this computer ({facts}); {reason}</source>
        <translation>이 컴퓨터({facts}); {reason}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/devices.py"/>
        <source>as chosen</source>
        <translation>선택한 대로</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/devices.py"/>
        <source>“{device}” is not a device. Choose auto, cpu, cuda or mps.</source>
        <translation>“{device}”은(는) 장치가 아닙니다. auto, cpu, cuda, mps 중에서 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/devices.py"/>
        <source>Apple GPU</source>
        <translation>Apple GPU</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/devices.py"/>
        <source>The device “{device}” cannot be used: {reason}. Choose auto or cpu instead.</source>
        <translation>“{device}” 장치를 사용할 수 없습니다: {reason}. auto나 cpu를 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/devices.py"/>
        <source>The device “{device}” is not there. Choose auto, cuda or cpu instead.</source>
        <translation>“{device}” 장치가 없습니다. auto, cuda, cpu 중에서 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/devices.py"/>
        <source>GPU: {name}</source>
        <translation>GPU: {name}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/devices.py"/>
        <source>this PyTorch was built without CUDA</source>
        <translation>이 PyTorch는 CUDA를 지원하지 않음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/devices.py"/>
        <source>the GPU&apos;s driver is too old for this PyTorch; update the driver to use the GPU</source>
        <translation>GPU 드라이버가 이 PyTorch에는 너무 오래됨. GPU를 쓰려면 드라이버를 업데이트하세요</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/devices.py"/>
        <source>the NVIDIA GPU could not be started</source>
        <translation>NVIDIA GPU를 시작할 수 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/devices.py"/>
        <source>no NVIDIA GPU was found</source>
        <translation>NVIDIA GPU 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/devices.py"/>
        <source>the NVIDIA GPU has no free memory</source>
        <translation>NVIDIA GPU에 남은 메모리가 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/devices.py"/>
        <source>this PyTorch does not support the NVIDIA GPU that was found</source>
        <translation>이 PyTorch는 발견된 NVIDIA GPU를 지원하지 않음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/devices.py"/>
        <source>no Apple GPU was found</source>
        <translation>Apple GPU 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/image_preparation.py"/>
        <source>This version of open_clip prepares pictures in a new way: {steps}. Install ClipDesk again.</source>
        <translation>이 버전의 open_clip은 사진을 새로운 방식으로 준비합니다: {steps}. ClipDesk를 다시 설치하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/image_towers.py"/>
        <source>This computer cannot compute this model in bf16. Choose the device auto or cpu instead.</source>
        <translation>이 컴퓨터는 이 모델을 bf16으로 계산할 수 없습니다. auto나 cpu 장치를 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/model_building.py"/>
        <source>There is not enough memory to load “{model}”. Close other programs or choose a smaller model.</source>
        <translation>메모리가 부족해 “{model}” 모델을 불러올 수 없습니다. 다른 프로그램을 닫거나 더 작은 모델을 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/model_building.py"/>
        <source>The model in “{folder}” cannot be used: {reason}.</source>
        <translation>“{folder}” 폴더의 모델을 사용할 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/model_building.py"/>
        <source>Choose another model, or delete this one and download it again.</source>
        <translation>다른 모델을 선택하거나, 이 모델을 삭제하고 다시 다운로드하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/model_building.py"/>
        <source>“{path}” holds more than weights, possibly a program, and was not opened. Use a model saved as safetensors.</source>
        <translation>“{path}” 파일에는 가중치 말고도 프로그램일 수 있는 내용이 있어 열지 않았습니다. safetensors로 저장된 모델을 사용하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/model_building.py"/>
        <source>“{model}” needs program code of its own, which ClipDesk does not run.</source>
        <translation>“{model}” 모델에는 자체 프로그램 코드가 필요한데, ClipDesk는 이를 실행하지 않습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/model_building.py"/>
        <source>The tokenizer of “{model}” is not in “{folder}”.</source>
        <translation>“{folder}” 폴더에 “{model}” 모델의 토크나이저가 없습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/model_building.py"/>
        <source>The tokenizer of “{model}” cannot be used: {reason}. Choose another model, or download this one again.</source>
        <translation>“{model}” 모델의 토크나이저를 사용할 수 없습니다: {reason}. 다른 모델을 선택하거나 이 모델을 다시 다운로드하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/open_clip.py"/>
        <source>Loading</source>
        <translation>불러오는 중</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/errors.py"/>
        <location filename="../../clipdesk/encoders/models/http_client.py"/>
        <location filename="../../clipdesk/encoders/models/hub_cache.py"/>
        <location filename="../../clipdesk/encoders/models/transfer.py"/>
        <location filename="../../clipdesk/encoders/remote/roboflow.py"/>
        <source>Stopped.</source>
        <translation>중지했습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/open_clip.py"/>
        <source>the GPU does not have enough memory for this model</source>
        <translation>이 모델에는 GPU 메모리가 부족함</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/open_clip.py"/>
        <source>The model “{model}” cannot be moved to {place}: {reason}. Choose another device or a smaller model.</source>
        <translation>“{model}” 모델을 {place}에 올릴 수 없습니다: {reason}. 다른 장치나 더 작은 모델을 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/open_clip.py"/>
        <source>The model “{model}” is closed.</source>
        <translation>“{model}” 모델이 닫혔습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/open_clip.py"/>
        <source>The model “{model}” failed on {place}: {reason}. Choose another model or device.</source>
        <translation>“{model}” 모델이 {place}에서 실패했습니다: {reason}. 다른 모델이나 장치를 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/open_clip.py"/>
        <source>The model “{model}” gave numbers that are not finite, so nothing can be scored with it. Its files may be damaged: download it again or choose another model.</source>
        <translation>“{model}” 모델의 결과가 유한한 수가 아니어서 점수를 계산할 수 없습니다. 파일이 손상되었을 수 있습니다. 다시 다운로드하거나 다른 모델을 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/open_clip.py"/>
        <source>There is not enough memory for the model “{model}”. Close other programs or choose a smaller model.</source>
        <translation>“{model}” 모델에 필요한 메모리가 부족합니다. 다른 프로그램을 닫거나 더 작은 모델을 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/openvino_candidate.py"/>
        <source>OpenVINO took {used} instead of {wanted}.</source>
        <translation>OpenVINO가 {wanted} 대신 {used}(으)로 계산합니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/reasons.py"/>
        <source>the file with the weights is damaged or incomplete</source>
        <translation>가중치 파일이 손상되었거나 불완전함</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/reasons.py"/>
        <source>the weights belong to another model than the configuration describes</source>
        <translation>가중치가 구성에 적힌 것과 다른 모델의 것임</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/reasons.py"/>
        <source>its configuration is not one that open_clip can build</source>
        <translation>open_clip으로 만들 수 없는 구성임</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/reasons.py"/>
        <source>its files are missing or damaged</source>
        <translation>파일이 없거나 손상됨</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/reasons.py"/>
        <source>the device cannot run a step of this model</source>
        <translation>장치가 이 모델의 한 단계를 실행할 수 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/reasons.py"/>
        <source>the graphics card or its driver reported a fault</source>
        <translation>그래픽 카드나 드라이버에서 오류가 발생함</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/reasons.py"/>
        <source>a step of the computation failed</source>
        <translation>계산 중 한 단계가 실패함</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/reasons.py"/>
        <source>it needs a library that is not installed</source>
        <translation>설치되지 않은 라이브러리가 필요함</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/reasons.py"/>
        <source>it needs the library “{name}”, which is not installed</source>
        <translation>설치되지 않은 “{name}” 라이브러리가 필요함</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/catalog.py"/>
        <source>Starter</source>
        <translation>스타터</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/catalog.py"/>
        <source>Built in: works at once and offline, but knows only simple things. For real work, choose another.</source>
        <translation>내장 모델: 바로 오프라인에서 동작하지만 단순한 것만 압니다. 실제 작업에는 다른 모델을 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/catalog.py"/>
        <source>MIT; see its card</source>
        <translation>MIT; 모델 카드 참고</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/catalog.py"/>
        <source>English</source>
        <translation>영어</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/catalog.py"/>
        <source>Recommended</source>
        <translation>추천</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/catalog.py"/>
        <source>Fast on any computer and right most of the time (72.8 % of ImageNet without training).</source>
        <translation>어떤 컴퓨터에서도 빠르고 대체로 맞습니다(훈련 없이 ImageNet 72.8%).</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/catalog.py"/>
        <source>More accurate</source>
        <translation>더 정확</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/catalog.py"/>
        <source>Sees finer differences; takes about four times as long per picture.</source>
        <translation>더 미세한 차이를 보지만, 사진당 약 네 배의 시간이 걸립니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/catalog.py"/>
        <source>English, and many others fairly well</source>
        <translation>영어, 그 밖의 여러 언어도 꽤 잘 이해</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/catalog.py"/>
        <source>More accurate, large</source>
        <translation>더 정확(대형)</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/catalog.py"/>
        <source>The classic large CLIP (79.2 % of ImageNet without training); best with a graphics card.</source>
        <translation>대표적인 큰 CLIP입니다(훈련 없이 ImageNet 79.2%). 그래픽 카드가 있으면 좋습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/catalog.py"/>
        <source>Any language</source>
        <translation>모든 언어</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/catalog.py"/>
        <source>Understands labels in more than 100 languages, including Korean (75.1 % of ImageNet).</source>
        <translation>한국어를 포함해 100개가 넘는 언어의 라벨을 이해합니다(ImageNet 75.1%).</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/catalog.py"/>
        <source>more than 100, including Korean, Japanese and Chinese</source>
        <translation>한국어, 일본어, 중국어를 포함해 100개 이상</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/catalog.py"/>
        <source>Same scores as Roboflow&apos;s API</source>
        <translation>Roboflow API와 같은 점수</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/catalog.py"/>
        <source>OpenAI&apos;s original CLIP, which Roboflow&apos;s API uses: for scores that must match it.</source>
        <translation>Roboflow API가 쓰는 OpenAI의 첫 CLIP입니다. 점수가 그 API와 같아야 할 때 사용합니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/catalog.py"/>
        <source>“{model}” was not downloaded by ClipDesk, so it is not deleted.</source>
        <translation>“{model}” 모델은 ClipDesk가 다운로드한 것이 아니어서 삭제하지 않습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/download.py"/>
        <source>“{model}” is not on this computer, and downloads are switched off (HF_HUB_OFFLINE). Choose a model that is on this computer.</source>
        <translation>“{model}” 모델이 이 컴퓨터에 없고 다운로드가 꺼져 있습니다(HF_HUB_OFFLINE). 이 컴퓨터에 있는 모델을 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/download.py"/>
        <source>“{model}” needs {size} MB more than is free where models are kept. Make room in {folder}.</source>
        <translation>“{model}” 모델을 저장할 공간이 {size} MB 부족합니다. {folder} 폴더에 공간을 만드세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/hub.py"/>
        <source>Choose a model that is on this computer.</source>
        <translation>이 컴퓨터에 있는 모델을 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/hub.py"/>
        <source>“{repo}” on the Hugging Face Hub holds no {file}, so “{model}” cannot be used. Choose a repository made for open_clip.</source>
        <translation>Hugging Face Hub의 “{repo}” 저장소에 {file} 파일이 없어 “{model}” 모델을 사용할 수 없습니다. open_clip용 저장소를 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/hub.py"/>
        <source>The Hugging Face Hub has no model “{repo}”, or it asks for a login first (status {status}). Check the name; for a gated model accept its terms on its page and run “hf auth login”.</source>
        <translation>Hugging Face Hub에 “{repo}” 모델이 없거나 먼저 로그인해야 합니다(상태 {status}). 이름을 확인하세요. 제한된 모델이면 해당 페이지에서 약관에 동의하고 “hf auth login”을 실행하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/hub.py"/>
        <source>The Hugging Face Hub does not answer properly (status {status}). Try again later.</source>
        <translation>Hugging Face Hub가 제대로 응답하지 않습니다(상태 {status}). 나중에 다시 시도하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/hub.py"/>
        <source>{host} does not answer as the Hugging Face Hub does.</source>
        <translation>{host} 서버가 Hugging Face Hub처럼 응답하지 않습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/hub.py"/>
        <source>{url} cannot be fetched (status {status}). Choose another model.</source>
        <translation>{url} 파일을 가져올 수 없습니다(상태 {status}). 다른 모델을 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/hub.py"/>
        <source>“{model}” is not on this computer, and {host} cannot be reached to download it. Connect to the internet and try again. Until then: choose a model that is on this computer.</source>
        <translation>“{model}” 모델이 이 컴퓨터에 없고, 다운로드하려 해도 {host}에 연결할 수 없습니다. 인터넷에 연결한 뒤 다시 시도하세요. 그때까지는 이 컴퓨터에 있는 모델을 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/model_files.py"/>
        <source>A model folder holds {config} and {weights}, as open_clip saves them, or a checkpoint epoch_N.pt.</source>
        <translation>모델 폴더에는 open_clip이 저장한 {config} 파일과 {weights} 파일, 또는 epoch_N.pt 체크포인트가 있어야 합니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/model_files.py"/>
        <source>“{model}” is not on this computer. Download it first (“clipdesk models download {model}”), or choose a model that is here.</source>
        <translation>“{model}” 모델이 이 컴퓨터에 없습니다. 먼저 다운로드하거나(“clipdesk models download {model}”) 여기 있는 모델을 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/model_files.py"/>
        <source>The weights of “{model}” have just disappeared. Try again.</source>
        <translation>“{model}” 모델의 가중치가 방금 사라졌습니다. 다시 시도하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/model_files.py"/>
        <source>There is no folder “{folder}”. Choose the folder of an open_clip model.</source>
        <translation>“{folder}” 폴더가 없습니다. open_clip 모델이 있는 폴더를 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/model_files.py"/>
        <source>The starter model is not part of this installation. Choose “{model}” instead: it is downloaded once.</source>
        <translation>이 설치본에는 스타터 모델이 없습니다. 대신 “{model}” 모델을 선택하세요. 한 번만 다운로드하면 됩니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/model_files.py"/>
        <source>“{folder}” has no {file}.</source>
        <translation>“{folder}” 폴더에 {file} 파일이 없습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/model_files.py"/>
        <source>it is not valid JSON</source>
        <translation>올바른 JSON이 아님</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/model_files.py"/>
        <source>“{path}” cannot be read: {reason}.</source>
        <translation>“{path}” 파일을 읽을 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/model_files.py"/>
        <source>“{path}” does not describe an open_clip model (model_cfg).</source>
        <translation>“{path}” 파일이 open_clip 모델(model_cfg)을 설명하지 않습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/model_files.py"/>
        <source>“{folder}” has no weights.</source>
        <translation>“{folder}” 폴더에 가중치가 없습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/model_files.py"/>
        <source>“{model}” needs {file} of “{repo}”, which is not on this computer. Put it into the model&apos;s folder, or connect to the internet.</source>
        <translation>“{model}” 모델에는 “{repo}” 저장소의 {file} 파일이 필요한데 이 컴퓨터에 없습니다. 모델 폴더에 넣거나 인터넷에 연결하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/names.py"/>
        <source>“{name}” is not the name of a model. Write it as “{example}”.</source>
        <translation>“{name}”은(는) 모델 이름이 아닙니다. “{example}”처럼 쓰세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/names.py"/>
        <source>“{name}” is not the name of a model.</source>
        <translation>“{name}”은(는) 모델 이름이 아닙니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/names.py"/>
        <source>Did you mean {names}?</source>
        <translation>혹시 {names}을(를) 찾으시나요?</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/names.py"/>
        <source>Write it as MODEL:TAG (“clipdesk models list” shows them), local-dir:DIR or hf-hub:ORG/REPO.</source>
        <translation>모델:태그(“clipdesk models list”로 볼 수 있음), local-dir:DIR 또는 hf-hub:ORG/REPO 형식으로 쓰세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/names.py"/>
        <source>{names} or {last}</source>
        <translation>{names} 또는 {last}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/pretrained.py"/>
        <source>open_clip is not installed. Install ClipDesk again.</source>
        <translation>open_clip이 설치되어 있지 않습니다. ClipDesk를 다시 설치하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/progress.py"/>
        <source>Downloading</source>
        <translation>다운로드 중</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/transfer.py"/>
        <source>The download of “{model}” broke off. Try again: it goes on where it stopped ({done} of {size} MB are here).</source>
        <translation>“{model}” 모델의 다운로드가 끊겼습니다. 다시 시도하면 멈춘 곳부터 이어집니다({size} MB 중 {done} MB 받음).</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/transfer.py"/>
        <source>The download of “{model}” was refused (status {status}). Try again later.</source>
        <translation>“{model}” 모델의 다운로드가 거부되었습니다(상태 {status}). 나중에 다시 시도하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/transfer.py"/>
        <source>“{model}” could not be downloaded: {reason}. Models are kept in “{folder}”: make room there, or check that the folder can be written to.</source>
        <translation>“{model}” 모델을 다운로드할 수 없습니다: {reason}. 모델은 “{folder}” 폴더에 저장됩니다. 공간을 만들거나, 폴더에 쓸 수 있는지 확인하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/models/transfer.py"/>
        <source>The download of “{model}” arrived damaged and was thrown away. Try again.</source>
        <translation>다운로드한 “{model}” 모델이 손상되어 버렸습니다. 다시 시도하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/addresses.py"/>
        <source>Write it as https://host or http://localhost:9001.</source>
        <translation>https://host 또는 http://localhost:9001 형식으로 쓰세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/addresses.py"/>
        <source>This is not a server address.</source>
        <translation>서버 주소가 아닙니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/addresses.py"/>
        <source>The address of {host} contains more than a host and a path. Remove passwords, keys and everything from “?” on; enter the key in its own field.</source>
        <translation>{host} 주소에 호스트와 경로 외의 것이 있습니다. 암호와 키, “?” 뒤의 내용을 지우고, 키는 따로 있는 입력란에 입력하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/addresses.py"/>
        <source>There is no computer named “{host}” on this network. Check the address.</source>
        <translation>이 네트워크에 “{host}” 컴퓨터가 없습니다. 주소를 확인하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/addresses.py"/>
        <source>“{host}” is on the internet, and plain http would let others read your pictures and your key. Use https://{host} instead.</source>
        <translation>“{host}”은(는) 인터넷에 있어, 암호화되지 않은 http를 쓰면 다른 사람이 사진과 키를 볼 수 있습니다. https://{host} 주소를 사용하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/api_keys.py"/>
        <source>the key in {variable}</source>
        <translation>{variable}에 있는 키</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/api_keys.py"/>
        <source>the key stored for this host</source>
        <translation>이 호스트용으로 저장된 키</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_api.py"/>
        <source>The server&apos;s answer is not one of the CLIP API.</source>
        <translation>서버의 응답이 CLIP API의 응답이 아닙니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_api.py"/>
        <source>The server sent {found} embeddings instead of {wanted}.</source>
        <translation>서버가 임베딩 {wanted}개 대신 {found}개를 보냈습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_api.py"/>
        <source>The server sent {count} numbers for one embedding.</source>
        <translation>서버가 임베딩 하나에 숫자 {count}개를 보냈습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_api.py"/>
        <source>The server sent {found} numbers instead of {wanted}: it seems to use another model now.</source>
        <translation>서버가 숫자 {wanted}개 대신 {found}개를 보냈습니다. 이제 다른 모델을 쓰는 것 같습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_api.py"/>
        <source>The server sent an unusable embedding (NaN, infinite or all zeros).</source>
        <translation>서버가 사용할 수 없는 임베딩을 보냈습니다(NaN, 무한대 또는 모두 0).</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_api.py"/>
        <source>another address</source>
        <translation>다른 주소</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_api.py"/>
        <source>{host} redirects to {target}, which ClipDesk does not follow. Enter the server&apos;s final address.</source>
        <translation>{host} 서버가 {target}(으)로 리디렉션하지만 ClipDesk는 따라가지 않습니다. 서버의 최종 주소를 입력하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_api.py"/>
        <source>{host} does not accept the key. Enter another key for it.</source>
        <translation>{host} 서버가 키를 받아들이지 않습니다. 다른 키를 입력하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_api.py"/>
        <source>{host} needs an API key. Enter a key for it, or set ROBOFLOW_API_KEY.</source>
        <translation>{host} 서버에는 API 키가 필요합니다. 키를 입력하거나 ROBOFLOW_API_KEY를 설정하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_api.py"/>
        <source>There are no credits left at {host}. Buy some there, or choose another place to run.</source>
        <translation>{host} 서버의 크레딧이 남아 있지 않습니다. 그곳에서 구입하거나 다른 실행 위치를 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_api.py"/>
        <source>This key has no access to CLIP at {host}. Enter a key of a workspace that has.</source>
        <translation>이 키로는 {host} 서버의 CLIP을 사용할 수 없습니다. 사용할 수 있는 워크스페이스의 키를 입력하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_api.py"/>
        <source>The workspace of this key is paused at {host}. Resume it there.</source>
        <translation>이 키의 워크스페이스가 {host} 서버에서 일시 정지되었습니다. 그곳에서 다시 시작하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_api.py"/>
        <source>There is no CLIP API at {host} ({status}). Check the address, including its path.</source>
        <translation>{host} 서버에 CLIP API가 없습니다({status}). 경로를 포함해 주소를 확인하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_api.py"/>
        <source>{host} is not ready ({status}).</source>
        <translation>{host} 서버가 준비되지 않았습니다({status}).</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_api.py"/>
        <source>{host} has had too many requests ({status}).</source>
        <translation>{host} 서버에 요청이 너무 많습니다({status}).</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_api.py"/>
        <source>This request is larger than {host} accepts ({status}).</source>
        <translation>요청이 {host} 서버가 받는 크기보다 큽니다({status}).</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_api.py"/>
        <source>{host} failed with error {status}.</source>
        <translation>{host} 서버에서 오류 {status}이(가) 발생했습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_api.py"/>
        <source>Perhaps it has no model “{model}”.</source>
        <translation>“{model}” 모델이 없을 수도 있습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_api.py"/>
        <source>{host} answered without an embedding ({status}).</source>
        <translation>{host} 서버가 임베딩 없이 응답했습니다({status}).</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_api.py"/>
        <source>{host} refused the text ({status}).</source>
        <translation>{host} 서버가 글을 거부했습니다({status}).</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_api.py"/>
        <source>{host} refused this picture ({status}).</source>
        <translation>{host} 서버가 이 사진을 거부했습니다({status}).</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_api.py"/>
        <source>The certificate of {host} is not valid ({reason}), so it may not be the server you expect. Nothing was sent. Check the address, this computer&apos;s clock and the certificate.</source>
        <translation>{host} 서버의 인증서가 올바르지 않아({reason}) 생각한 서버가 아닐 수 있습니다. 아무것도 보내지 않았습니다. 주소와 이 컴퓨터의 시계, 인증서를 확인하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_api.py"/>
        <source>{host} cannot be reached. Is the server running, and is the network up?</source>
        <translation>{host} 서버에 연결할 수 없습니다. 서버가 실행 중이고 네트워크가 연결되어 있나요?</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_api.py"/>
        <source>{host} did not answer in time.</source>
        <translation>{host} 서버가 제시간에 응답하지 않았습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_api.py"/>
        <source>“{host}” is not a valid server address.</source>
        <translation>“{host}”은(는) 올바른 서버 주소가 아닙니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_api.py"/>
        <source>The proxy did not forward the request to {host}.</source>
        <translation>프록시가 {host} 서버로 요청을 전달하지 않았습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_api.py"/>
        <source>The answer from {host} is damaged.</source>
        <translation>{host} 서버의 응답이 손상되었습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_api.py"/>
        <source>The connection to {host} was lost.</source>
        <translation>{host} 서버와의 연결이 끊겼습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_api.py"/>
        <source>It says: {text}</source>
        <translation>서버의 메시지: {text}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_client.py"/>
        <source>What is finished stays; continue when it is back.</source>
        <translation>끝난 것은 남습니다. 서버가 돌아오면 계속하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_client.py"/>
        <source>The connection to the server is closed.</source>
        <translation>서버 연결이 닫혔습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_client.py"/>
        <source>{host} asks for a pause of {time}. What is finished stays; continue then, or choose another place to run.</source>
        <translation>{host} 서버가 {time} 동안 기다려 달라고 합니다. 끝난 것은 남습니다. 그 뒤에 계속하거나 다른 실행 위치를 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_client.py"/>
        <source>This happened with {number} pictures in a row.</source>
        <translation>사진 {number}장에서 연이어 일어났습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_client.py"/>
        <source>{host} asks to wait: going on in {time}.</source>
        <translation>{host} 서버 요청으로 대기 중: {time} 후 계속합니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_client.py"/>
        <source>{host} does not answer: trying again in {time}.</source>
        <translation>{host} 서버 응답 없음: {time} 후 다시 시도합니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_client.py"/>
        <source>{host} is warming up: it is loading the model, which can take minutes.</source>
        <translation>{host} 서버가 준비 중입니다. 모델을 불러오는 데 몇 분 걸릴 수 있습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_client.py"/>
        <source>{number} s</source>
        <translation>{number}초</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_client.py"/>
        <source>{number} min</source>
        <translation>{number}분</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/clip_client.py"/>
        <source>{number} h</source>
        <translation>{number}시간</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/roboflow.py"/>
        <source>No server is given. Enter the address of one.</source>
        <translation>서버가 없습니다. 서버 주소를 입력하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/roboflow.py"/>
        <source>Connecting to {hosts}</source>
        <translation>{hosts}에 연결 중</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/roboflow.py"/>
        <source>{first} and {second} give different embeddings for the same text, so they do not have the same model. Use only servers with the same model.</source>
        <translation>{first}, {second} 서버가 같은 글에 다른 임베딩을 내므로 모델이 서로 다릅니다. 모델이 같은 서버만 사용하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/roboflow.py"/>
        <source>{place} does not have the weights of “{model}”: the embeddings of a text differ. Leave that setting out, and its results are stored separately.</source>
        <translation>{place}의 가중치가 “{model}” 모델과 다릅니다. 글의 임베딩이 다르게 나옵니다. 이 설정을 비우면 결과를 따로 저장합니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/roboflow.py"/>
        <source>“{model}” takes pictures that are not square, which the CLIP API does not support.</source>
        <translation>“{model}” 모델은 정사각형이 아닌 사진을 받는데, CLIP API는 이를 지원하지 않습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/server_check.py"/>
        <source>Enter the address of a server.</source>
        <translation>서버 주소를 입력하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/server_check.py"/>
        <source>The connection is not encrypted: others on this network can read it.</source>
        <translation>연결이 암호화되지 않아 이 네트워크의 다른 사람이 읽을 수 있습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/server_check.py"/>
        <source>The key is accepted.</source>
        <translation>키가 확인되었습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/server_check.py"/>
        <source>No key is needed.</source>
        <translation>키가 필요 없습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/server_check.py"/>
        <source>The model {model} is ready.</source>
        <translation>{model} 모델이 준비되었습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/server_check.py"/>
        <source>An answer takes {time} ms.</source>
        <translation>응답에 {time}ms 걸립니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/server_check.py"/>
        <source>{host} can be reached.</source>
        <translation>{host} 서버에 연결할 수 있습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/remote/server_check.py"/>
        <source>{host} can be reached ({name}).</source>
        <translation>{host} 서버에 연결할 수 있습니다({name}).</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/background.py"/>
        <source>That did not work because of an unexpected error.</source>
        <translation>예상하지 못한 오류로 실패했습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/documents.py"/>
        <source>This failed because of an unexpected error.</source>
        <translation>예상하지 못한 오류로 실패했습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/encoder_worker.py"/>
        <source>The model could not be loaded.</source>
        <translation>모델을 불러오지 못했습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/encoder_worker.py"/>
        <source>Labelling stopped because of an unexpected error.</source>
        <translation>예상하지 못한 오류로 라벨 붙이기가 중단되었습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/encoder_worker.py"/>
        <source>No model is loaded. Choose one in the model box.</source>
        <translation>불러온 모델이 없습니다. 모델 상자에서 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/encoder_worker.py"/>
        <source>This prompt could not be read.</source>
        <translation>이 프롬프트를 읽을 수 없습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/problem.py"/>
        <source>The reason: {reason}.</source>
        <translation>이유: {reason}.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/problem.py"/>
        <source>There is not enough memory. Close other programs, then try again.</source>
        <translation>메모리가 부족합니다. 다른 프로그램을 닫고 다시 시도하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/problem.py"/>
        <source>Try again. If it happens again, send us the report under Details.</source>
        <translation>다시 시도하세요. 또 생기면 ‘자세히’의 보고서를 보내 주세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/scanning.py"/>
        <source>Looking for pictures stopped because of an unexpected error.</source>
        <translation>예상하지 못한 오류로 사진 찾기가 중단되었습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/sort_runner.py"/>
        <source>The sort was stopped before it began.</source>
        <translation>시작하기 전에 정리를 중지했습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/sort_runner.py"/>
        <source>The sort stopped because of an unexpected error.</source>
        <translation>예상하지 못한 오류로 정리가 중단되었습니다.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/other_models.py"/>
        <source>“{model}” has not seen these words yet. Choose this model once with the same labels, then compare again.</source>
        <translation>“{model}” 모델에는 아직 이 말의 결과가 없습니다. 같은 라벨로 이 모델을 한 번 선택한 뒤 다시 비교하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/other_models.py"/>
        <source>The files of the model “{model}” have changed. Choose it again.</source>
        <translation>“{model}” 모델의 파일이 바뀌었습니다. 다시 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/torch_requirements.py"/>
        <source>Models cannot run on this computer: its processor lacks AVX2, which PyTorch needs. Intel has built it in since 2013, AMD since 2015. Let a server do the work, or use a newer computer.</source>
        <translation>이 컴퓨터에서는 모델을 실행할 수 없습니다. PyTorch에 필요한 AVX2가 프로세서에 없습니다. Intel은 2013년부터, AMD는 2015년부터 지원합니다. 서버에 작업을 맡기거나 더 새로운 컴퓨터를 사용하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/torch_requirements.py"/>
        <source>Models cannot run yet, because the Microsoft Visual C++ runtime is missing on this computer. Install it from https://aka.ms/vs/17/release/vc_redist.x64.exe, and start ClipDesk again.</source>
        <translation>아직 모델을 실행할 수 없습니다. 이 컴퓨터에 Microsoft Visual C++ 런타임이 없습니다. https://aka.ms/vs/17/release/vc_redist.x64.exe 에서 설치한 뒤 ClipDesk를 다시 시작하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/discard.py"/>
        <source>changed since the duplicates were found</source>
        <translation>중복을 찾은 뒤에 바뀜</translation>
    </message>
    <message>
        <location filename="../../clipdesk/core/sorting/discard.py"/>
        <source>another name of the picture to keep, “{name}”</source>
        <translation>남길 사진 “{name}”의 다른 이름임</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/int8.py"/>
        <source>int8 is not faster for this model, which computes mostly convolutions. Choose the device auto or cpu.</source>
        <translation>이 모델은 대부분 합성곱으로 계산하므로 int8이 더 빠르지 않습니다. 장치를 auto 또는 cpu로 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/int8.py"/>
        <source>This computer cannot compute this model in int8. Choose the device auto or cpu.</source>
        <translation>이 컴퓨터에서는 이 모델을 int8로 계산할 수 없습니다. 장치를 auto 또는 cpu로 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/int8.py"/>
        <source>In int8 this model&apos;s scores would differ too much: the cosine to full precision is {cosine}, and {least} is required. Choose the device auto or cpu.</source>
        <translation>int8에서는 이 모델의 점수가 너무 많이 달라집니다. 전체 정밀도와의 코사인은 {cosine}이고 {least} 이상이어야 합니다. 장치를 auto 또는 cpu로 선택하세요.</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/choosing/selection.py"/>
        <source>{runtime}: {ratio} times as fast as PyTorch here</source>
        <translation>{runtime}: 여기서 PyTorch보다 {ratio}배 빠름</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/choosing/selection.py"/>
        <source>{runtime} is not used: {reason}</source>
        <translation>{runtime} 사용 안 함: {reason}</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/choosing/trial.py"/>
        <source>its test run could not be started</source>
        <translation>시험 실행을 시작하지 못함</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/choosing/trial.py"/>
        <source>its test run did not end</source>
        <translation>시험 실행이 끝나지 않음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/choosing/trial.py"/>
        <source>its test run crashed</source>
        <translation>시험 실행이 비정상 종료됨</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/choosing/trial.py"/>
        <source>its test run left no answer</source>
        <translation>시험 실행의 결과가 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/choosing/trying_apart.py"/>
        <source>it cannot compute this model</source>
        <translation>이 모델을 계산할 수 없음</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/choosing/trying_apart.py"/>
        <source>it computes other numbers</source>
        <translation>다른 값을 계산함</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/choosing/trying_apart.py"/>
        <source>it ended the program</source>
        <translation>프로그램을 종료시킴</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/openvino_devices.py"/>
        <source>Intel graphics</source>
        <translation>인텔 그래픽</translation>
    </message>
    <message>
        <location filename="../../clipdesk/encoders/local/openvino_devices.py"/>
        <source>Intel NPU</source>
        <translation>인텔 NPU</translation>
    </message>
</context>
</TS>
