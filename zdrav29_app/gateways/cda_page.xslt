<?xml version="1.0" encoding="UTF-8"?>
<!--
  A structured document (HL7 CDA R2, Russian profile) as a page to read.

  Only what stands below reaches the page: elements are written anew, of their attributes a span of
  cells and an address over http(s) are taken, and everything that has no template here is its text.
  Words and the look come as parameters. `number` of a footnote is set by cda_page.py.
  Source: HL7 CDA R2, NarrativeBlock.xsd; templates 1.2.643.5.1.13.13.14.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:c="urn:hl7-org:v3" xmlns:identity="urn:hl7-ru:identity" exclude-result-prefixes="c identity">
  <xsl:output method="html" encoding="UTF-8" indent="no" doctype-system="about:legacy-compat"/>

  <xsl:param name="word-patient"/>
  <xsl:param name="word-made"/>
  <xsl:param name="word-author"/>
  <xsl:param name="word-institution"/>
  <xsl:param name="word-notes"/>
  <xsl:param name="word-table"/>
  <xsl:param name="word-picture"/>
  <xsl:param name="word-new-tab"/>
  <xsl:param name="made"/>
  <xsl:param name="patient"/>
  <xsl:param name="author"/>
  <xsl:param name="institution"/>
  <xsl:param name="size"/>
  <xsl:param name="spacing"/>
  <xsl:param name="scheme"/>
  <xsl:param name="images"/>

  <xsl:variable name="post" select="/c:ClinicalDocument/c:author/c:assignedAuthor/c:code/@displayName"/>
  <xsl:key name="note" match="c:footnote" use="@ID"/>

  <!-- the page -->
  <xsl:template match="/">
    <html lang="ru">
      <head>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <title><xsl:value-of select="c:ClinicalDocument/c:title"/></title>
        <link rel="stylesheet" href="/tokens.css"/>
        <link rel="stylesheet" href="/base.css"/>
        <link rel="stylesheet" href="/vision.css"/>
        <link rel="stylesheet" href="/sheet.css"/>
      </head>
      <body data-size="{$size}" data-spacing="{$spacing}" data-scheme="{$scheme}" data-images="{$images}">
        <main>
          <xsl:apply-templates select="c:ClinicalDocument"/>
        </main>
      </body>
    </html>
  </xsl:template>

  <xsl:template match="c:ClinicalDocument">
    <h1><xsl:value-of select="c:title"/></h1>
    <dl class="facts">
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="$word-patient"/>
        <xsl:with-param name="words" select="$patient"/>
      </xsl:call-template>
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="$word-made"/>
        <xsl:with-param name="words" select="$made"/>
      </xsl:call-template>
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="$word-institution"/>
        <xsl:with-param name="words" select="$institution"/>
      </xsl:call-template>
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="$word-author"/>
        <xsl:with-param name="words">
          <xsl:value-of select="$author"/>
          <xsl:if test="$author != '' and $post != ''">, </xsl:if>
          <xsl:value-of select="$post"/>
        </xsl:with-param>
      </xsl:call-template>
    </dl>
    <xsl:apply-templates select="c:component/c:structuredBody/c:component/c:section"/>
  </xsl:template>

  <xsl:template name="fact">
    <xsl:param name="name"/>
    <xsl:param name="words"/>
    <xsl:if test="normalize-space($words) != ''">
      <div><dt><xsl:value-of select="$name"/></dt><dd><xsl:value-of select="$words"/></dd></div>
    </xsl:if>
  </xsl:template>

  <!-- sections, one inside another -->
  <xsl:template match="c:section">
    <xsl:param name="level" select="2"/>
    <section>
      <xsl:if test="c:title">
        <xsl:element name="h{$level}"><xsl:value-of select="c:title"/></xsl:element>
      </xsl:if>
      <xsl:apply-templates select="c:text"/>
      <xsl:apply-templates select="c:component/c:section">
        <xsl:with-param name="level" select="$level + ($level &lt; 6)"/>
      </xsl:apply-templates>
    </section>
  </xsl:template>

  <xsl:template match="c:text">
    <div class="words"><xsl:apply-templates/></div>
    <xsl:if test=".//c:footnote">
      <ul class="notes" aria-label="{$word-notes}">
        <xsl:for-each select=".//c:footnote">
          <li id="note-{@number}">
            <sup><xsl:value-of select="@number"/></sup>
            <xsl:text> </xsl:text>
            <xsl:apply-templates/>
          </li>
        </xsl:for-each>
      </ul>
    </xsl:if>
  </xsl:template>

  <!-- blocks -->
  <xsl:template match="c:paragraph">
    <p><xsl:apply-templates/></p>
  </xsl:template>

  <!-- HTML lets no block into a paragraph -->
  <xsl:template match="c:paragraph[.//c:paragraph or .//c:list or .//c:table or .//c:caption]">
    <div><xsl:apply-templates/></div>
  </xsl:template>

  <xsl:template match="c:caption">
    <div class="caption"><xsl:apply-templates/></div>
  </xsl:template>

  <xsl:template match="c:list">
    <xsl:apply-templates select="node()[not(self::c:item)]"/>
    <xsl:choose>
      <xsl:when test="not(c:item)"/>
      <xsl:when test="@listType = 'ordered'"><ol><xsl:apply-templates select="c:item" mode="item"/></ol></xsl:when>
      <xsl:otherwise><ul><xsl:apply-templates select="c:item" mode="item"/></ul></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="c:item" mode="item">
    <li><xsl:apply-templates/></li>
  </xsl:template>

  <!-- what is no part of a table stands before it, so that nothing is lost -->
  <xsl:template match="c:table">
    <xsl:variable name="groups" select="c:thead | c:tbody | c:tfoot"/>
    <xsl:apply-templates select="node()[not(self::c:caption or self::c:thead or self::c:tbody or self::c:tfoot or self::c:tr)]"/>
    <xsl:apply-templates select="$groups/node()[not(self::c:tr)]"/>
    <xsl:apply-templates select="(. | $groups)/c:tr/node()[not(self::c:th or self::c:td)]"/>
    <xsl:variable name="name">
      <xsl:choose>
        <xsl:when test="normalize-space(c:caption) != ''"><xsl:value-of select="c:caption"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="$word-table"/></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <div class="wide" tabindex="0" role="group" aria-label="{substring(normalize-space($name), 1, 120)}">
      <table>
        <xsl:if test="c:caption"><caption><xsl:apply-templates select="c:caption/node()"/></caption></xsl:if>
        <xsl:if test="c:thead/c:tr"><thead><xsl:apply-templates select="c:thead/c:tr" mode="row"/></thead></xsl:if>
        <xsl:if test="c:tr | c:tbody/c:tr"><tbody><xsl:apply-templates select="c:tr | c:tbody/c:tr" mode="row"/></tbody></xsl:if>
        <xsl:if test="c:tfoot/c:tr"><tfoot><xsl:apply-templates select="c:tfoot/c:tr" mode="row"/></tfoot></xsl:if>
      </table>
    </div>
  </xsl:template>

  <xsl:template match="c:tr" mode="row">
    <tr><xsl:apply-templates select="c:th | c:td" mode="cell"/></tr>
  </xsl:template>

  <xsl:template match="c:td" mode="cell">
    <td><xsl:apply-templates select="@colspan | @rowspan"/><xsl:apply-templates/></td>
  </xsl:template>

  <xsl:template match="c:th" mode="cell">
    <th scope="row"><xsl:apply-templates select="@colspan | @rowspan"/><xsl:apply-templates/></th>
  </xsl:template>

  <!-- a column is headed by the head of a table, or by a first row of nothing but headings -->
  <xsl:template match="c:thead/c:tr/c:th | c:tr[not(c:td)]/c:th" mode="cell">
    <th scope="col"><xsl:apply-templates select="@colspan | @rowspan"/><xsl:apply-templates/></th>
  </xsl:template>

  <xsl:template match="@colspan | @rowspan">
    <xsl:if test="number() &gt; 1 and number() &lt; 100">
      <xsl:attribute name="{local-name()}"><xsl:value-of select="floor(.)"/></xsl:attribute>
    </xsl:if>
  </xsl:template>

  <!-- inside a line -->
  <xsl:template match="c:content">
    <xsl:variable name="codes" select="concat(' ', normalize-space(@styleCode), ' ')"/>
    <xsl:choose>
      <xsl:when test="contains($codes, ' Bold ')"><b><xsl:call-template name="slanted"/></b></xsl:when>
      <xsl:otherwise><xsl:call-template name="slanted"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="slanted">
    <xsl:variable name="codes" select="concat(' ', normalize-space(@styleCode), ' ')"/>
    <xsl:choose>
      <xsl:when test="contains($codes, ' Italics ')"><i><xsl:apply-templates/></i></xsl:when>
      <xsl:when test="contains($codes, ' Emphasis ')"><em><xsl:apply-templates/></em></xsl:when>
      <xsl:when test="contains($codes, ' Underline ')"><u><xsl:apply-templates/></u></xsl:when>
      <xsl:otherwise><xsl:apply-templates/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="c:sub"><sub><xsl:apply-templates/></sub></xsl:template>
  <xsl:template match="c:sup"><sup><xsl:apply-templates/></sup></xsl:template>
  <xsl:template match="c:br"><br/><xsl:apply-templates/></xsl:template>

  <xsl:template match="c:linkHtml">
    <xsl:variable name="address" select="normalize-space(@href)"/>
    <xsl:variable name="begin" select="translate(substring($address, 1, 8), 'HTPS', 'htps')"/>
    <xsl:choose>
      <xsl:when test="starts-with($begin, 'http://') or $begin = 'https://'">
        <a href="{$address}" target="_blank" rel="noopener noreferrer nofollow" title="{$word-new-tab}">
          <xsl:apply-templates/>
          <xsl:if test="normalize-space() = ''"><xsl:value-of select="$address"/></xsl:if>
        </a>
      </xsl:when>
      <xsl:otherwise><xsl:apply-templates/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- a link inside a link is none -->
  <xsl:template match="c:linkHtml//c:linkHtml"><xsl:apply-templates/></xsl:template>

  <xsl:template match="c:footnote">
    <sup><a href="#note-{@number}"><xsl:value-of select="@number"/></a></sup>
  </xsl:template>

  <xsl:template match="c:linkHtml//c:footnote">
    <sup><xsl:value-of select="@number"/></sup>
  </xsl:template>

  <xsl:template match="c:footnoteRef">
    <xsl:variable name="number" select="key('note', @IDREF)[1]/@number"/>
    <xsl:if test="$number"><sup><xsl:value-of select="$number"/></sup></xsl:if>
    <xsl:apply-templates/>
  </xsl:template>

  <xsl:template match="c:renderMultiMedia">
    <xsl:apply-templates/>
    <span class="picture">[<xsl:value-of select="$word-picture"/>]</span>
  </xsl:template>

  <!-- all the rest is its text; what has lost its list or table stays apart from its neighbour -->
  <xsl:template match="c:item | c:tr | c:th | c:td">
    <xsl:text> </xsl:text><xsl:apply-templates/><xsl:text> </xsl:text>
  </xsl:template>
  <xsl:template match="*"><xsl:apply-templates/></xsl:template>
  <xsl:template match="comment() | processing-instruction()"/>
</xsl:stylesheet>
