package io.utter.text.zh;

import io.utter.text.Rewrite;
import java.util.List;

/** Temperatures and units of measure. */
final class Measures {
    private record Unit(String sign, String name) {}

    /** In this order, upstream's, every unit is replaced wherever its letters occur: also inside of words, and mm as twice m. */
    private static final List<Unit> UNITS = List.of(
            new Unit("cm2", "平方厘米"), new Unit("cm²", "平方厘米"), new Unit("cm3", "立方厘米"), new Unit("cm³", "立方厘米"),
            new Unit("cm", "厘米"), new Unit("db", "分贝"), new Unit("ds", "毫秒"), new Unit("kg", "千克"), new Unit("km", "千米"),
            new Unit("m2", "平方米"), new Unit("m²", "平方米"), new Unit("m³", "立方米"), new Unit("m3", "立方米"),
            new Unit("ml", "毫升"), new Unit("m", "米"), new Unit("s", "秒"));

    private static final String UNIT = "(?:%|°C|℃|度|摄氏度|cm2|cm²|cm3|cm³|cm|db|ds|kg|km|m2|m²|m³|m3|ml|m|mm|s)";
    private static final String AMOUNT = "(?:" + NumberPatterns.NUMBER + "|\\.[0-9]++)" + UNIT;

    private static final Rewrite RANGE =
            Rewrite.of("(?:-|(?<![0-9]))" + AMOUNT + "~-?" + AMOUNT, match -> match.group().replace("~", "至"));

    private static final Rewrite TEMPERATURE = Rewrite.of(
            NumberPatterns.SIGN + "(" + NumberPatterns.NUMBER + ")(°C|℃|度|摄氏度)",
            match -> (match.group(1).isEmpty() ? "" : "零下") + ChineseNumbers.number(match.group(2))
                    + (match.group(3).equals("摄氏度") ? "摄氏度" : "度"));

    private Measures() {}

    static String expand(String text) {
        String expanded = TEMPERATURE.apply(RANGE.apply(text));
        for (Unit unit : UNITS) {
            expanded = expanded.replace(unit.sign(), unit.name());
        }
        return expanded;
    }
}
